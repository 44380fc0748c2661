import path from 'node:path';
import type { BoundFile } from '../engine/container-api.ts';
import type { Config } from '../model/config.ts';
import type { Project } from '../model/project.ts';
import type { FileReference, Secret } from '../model/secret.ts';
import type { Service } from '../model/service.ts';
import type { CopiedFile } from './plan.ts';

/** The secrets and configs of a service, by the way they come into its containers. */
export interface ServiceFiles {
	/** Files of the host that are mounted. */
	readonly bound: readonly BoundFile[];
	/** Texts that are written into the container before it starts. */
	readonly copied: readonly CopiedFile[];
}

type FileKind = CopiedFile['kind'];

export function serviceFiles(service: Service, project: Pick<Project, 'secrets' | 'configs'>): ServiceFiles {
	const used = usedFiles(service, project);
	return {
		bound: used.flatMap(({ kind, reference, declared }) =>
			declared.file === undefined
				? []
				: [{ kind, name: declared.name, source: declared.file, target: targetOf(kind, reference) }],
		),
		copied: used.flatMap(({ kind, reference, declared }) =>
			declared.file === undefined ? [copiedFile(kind, reference)] : [],
		),
	};
}

export interface UsedFile {
	readonly kind: FileKind;
	readonly reference: FileReference;
	readonly declared: Secret | Config;
	/** Where the service refers to it. */
	readonly path: readonly (string | number)[];
}

/** What the service refers to and the file declares. */
export const usedFiles = (
	service: Service,
	{ secrets, configs }: Pick<Project, 'secrets' | 'configs'>,
): readonly UsedFile[] => [...used('secret', service.secrets, secrets), ...used('config', service.configs, configs)];

const used = (
	kind: FileKind,
	references: readonly FileReference[] = [],
	declarations: ReadonlyMap<string, Secret | Config>,
): readonly UsedFile[] =>
	references.flatMap((reference, index) => {
		const declared = declarations.get(reference.source);
		return declared === undefined ? [] : [{ kind, reference, declared, path: [`${kind}s`, index] }];
	});

/** What has no absolute target of its own has its place below this. */
const base: Readonly<Record<FileKind, string>> = { secret: '/run/secrets', config: '/' };

function targetOf(kind: FileKind, { source, target = source }: FileReference): string {
	return isAbsolute(target) ? target : path.posix.join(base[kind], target);
}

const isAbsolute = (target: string): boolean => path.posix.isAbsolute(target) || path.win32.isAbsolute(target);

const defaultMode = 0o444;

const copiedFile = (kind: FileKind, reference: FileReference): CopiedFile => ({
	kind,
	source: reference.source,
	target: targetOf(kind, reference),
	...(reference.uid !== undefined && { uid: Number(reference.uid) }),
	...(reference.gid !== undefined && { gid: Number(reference.gid) }),
	mode: reference.mode === undefined ? defaultMode : Number.parseInt(reference.mode, 8),
});
