import type { Project } from '../model/project.ts';
import type { Variables } from '../options/variables.ts';
import { usedContents } from '../plan/content-digests.ts';
import type { ContentDigests } from '../state/content-digests.ts';

/** What contents are read from, and the key that their digests are made with. */
export interface DigestSources {
	readonly variables: Variables;
	/** `create`: one is made where there is none; a command that only looks makes nothing. */
	key(options: { readonly create: boolean }): Promise<string | undefined>;
	/** The file's bytes; undefined where it can't be read or is too large to be a secret or a config. */
	readFile(file: string): Promise<Uint8Array | undefined>;
}

/** Digits of a digest. */
const length = 12;

/** Digests of all that the project's services are given. What docker compose never looks at is seen by these. */
export async function digestContents(
	project: Project,
	sources: DigestSources | undefined,
	options: { readonly create: boolean },
): Promise<ContentDigests | undefined> {
	const names = new Set([...project.services.values()].flatMap(usedContents));
	const key = names.size === 0 ? undefined : await sources?.key(options);
	if (key === undefined || sources === undefined) return undefined;
	const { createHash, createHmac } = await import('node:crypto');
	const digests = await Promise.all(
		[...names].map(async (name) => {
			const content = await contentOf(name, project, sources);
			if (content === undefined) return undefined;
			const hmac = createHmac('sha256', key).update(`${project.name}\0${name}\0`).update(content);
			return [name, hmac.digest('hex').slice(0, length)] as const;
		}),
	);
	return {
		key: createHash('sha256').update(key).digest('hex').slice(0, length),
		digests: new Map(digests.filter((entry) => entry !== undefined)),
	};
}

async function contentOf(
	name: string,
	project: Project,
	{ variables, readFile }: DigestSources,
): Promise<string | Uint8Array | undefined> {
	const [kind, key = ''] = name.split(' ');
	const declared = kind === 'secret' ? project.secrets.get(key) : project.configs.get(key);
	if (declared === undefined || declared.external) return undefined;
	if ('content' in declared && declared.content !== undefined) return declared.content;
	if (declared.environment !== undefined) return variables.get(declared.environment);
	return declared.file === undefined ? undefined : readFile(declared.file);
}
