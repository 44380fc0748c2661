import { didYouMean } from '../../errors/did-you-mean.ts';
import type { Mount } from '../../model/mount.ts';
import { networksOf, secretsOf } from '../used-resources.ts';
import type { CheckContext } from './report.ts';

/** Every network, volume and secret a service names must be declared. */
export function checkReferences({ project, report }: CheckContext): void {
	const { networks, volumes, secrets } = project;
	for (const [name, service] of project.services) {
		const path = ['services', name];
		for (const network of networksOf(service)) {
			checkDeclared('network', network, { declared: networks, path: [...path, 'networks', network], report });
		}
		for (const [index, volume] of (service.volumes ?? []).map(volumeOf).entries()) {
			checkDeclared('volume', volume, { declared: volumes, path: [...path, 'volumes', index], report });
		}
		for (const [index, secret] of secretsOf(service).entries()) {
			checkDeclared('secret', secret, { declared: secrets, path: [...path, 'build', 'secrets', index], report });
		}
	}
}

const volumeOf = ({ type, source }: Mount): string | undefined => (type === 'volume' ? source : undefined);

interface Reference {
	readonly declared: ReadonlyMap<string, unknown>;
	readonly path: readonly (string | number)[];
	readonly report: CheckContext['report'];
}

function checkDeclared(
	kind: 'network' | 'volume' | 'secret',
	name: string | undefined,
	{ declared, path, report }: Reference,
): void {
	if (name === undefined || declared.has(name)) return;
	const guess = didYouMean(name, declared.keys());
	report({
		code: 'MODEL_UNDEFINED_REFERENCE',
		path,
		message: `service \`${path[1]}\` uses the ${kind} \`${name}\`, which is not declared`,
		hint: guess === undefined ? `Declare \`${name}\` under \`${kind}s:\`.` : `Did you mean \`${guess}\`?`,
	});
}
