import { didYouMean } from '../../errors/did-you-mean.ts';
import type { Service } from '../../model/service.ts';
import { modelsOf, networksOf } from '../used-resources.ts';
import type { CheckContext } from './report.ts';

/** Everything a service names must be declared. */
export function checkReferences({ project, report }: CheckContext): void {
	for (const [name, service] of project.services) {
		for (const { kind, key, at } of referencesOf(service)) {
			checkDeclared(kind, key, { declared: project[`${kind}s`], path: ['services', name, ...at], report });
		}
	}
}

type Kind = 'network' | 'volume' | 'secret' | 'config' | 'model';

interface Reference {
	readonly kind: Kind;
	/** Empty where a long form leaves it out: that is a fault, and this check tells of it. */
	readonly key: string;
	readonly at: readonly (string | number)[];
}

function referencesOf(service: Service): readonly Reference[] {
	const { volumes = [], secrets = [], configs = [], build } = service;
	return [
		...networksOf(service).map((key) => ({ kind: 'network' as const, key, at: ['networks', key] })),
		...volumes.flatMap(({ type, source: key }, index) =>
			type === 'volume' && key !== undefined ? [{ kind: 'volume' as const, key, at: ['volumes', index] }] : [],
		),
		...secrets.map(({ source: key = '' }, index) => ({ kind: 'secret' as const, key, at: ['secrets', index] })),
		...(build?.secrets ?? []).map(({ source: key = '' }, index) => ({
			kind: 'secret' as const,
			key,
			at: ['build', 'secrets', index],
		})),
		...configs.map(({ source: key = '' }, index) => ({ kind: 'config' as const, key, at: ['configs', index] })),
		...modelsOf(service).map((key) => ({ kind: 'model' as const, key, at: ['models', key] })),
	];
}

interface Place {
	readonly declared: ReadonlyMap<string, unknown>;
	readonly path: readonly (string | number)[];
	readonly report: CheckContext['report'];
}

function checkDeclared(kind: Kind, name: string, { declared, path, report }: Place): void {
	if (kind === 'network' && name.startsWith('x-')) {
		const message = `service \`${path[1]}\` uses the network \`${name}\`, but \`x-\` starts an extension`;
		report({ code: 'MODEL_UNDEFINED_REFERENCE', path, message, hint: 'Give the network another name.' });
		return;
	}
	if (name === '') {
		const message = `service \`${path[1]}\` uses a ${kind} without saying which`;
		report({ code: 'MODEL_UNDEFINED_REFERENCE', path, message, hint: `Add \`source\`, the name of the ${kind}.` });
		return;
	}
	if (declared.has(name)) return;
	const guess = didYouMean(name, declared.keys());
	report({
		code: 'MODEL_UNDEFINED_REFERENCE',
		path,
		message: `service \`${path[1]}\` uses the ${kind} \`${name}\`, which is not declared`,
		hint: guess === undefined ? hintFor(kind, name) : `Did you mean \`${guess}\`?`,
	});
}

/** No volume has a slash in its name: a folder of the host is meant. */
const hintFor = (kind: Kind, name: string): string =>
	kind === 'volume' && name.includes('/')
		? `Write \`./${name}\` for a folder beside the Compose file, or an absolute path.`
		: `Declare \`${name}\` under \`${kind}s:\`.`;
