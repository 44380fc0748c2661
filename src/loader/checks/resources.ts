import type { Config } from '../../model/config.ts';
import type { Secret } from '../../model/secret.ts';
import type { CheckContext } from './report.ts';

/** Secrets and configs come from one place; an external volume is not described here. */
export function checkResources({ project, report }: CheckContext): void {
	for (const [key, secret] of project.secrets) checkOrigin('secret', key, { resource: secret, report });
	for (const [key, config] of project.configs) checkOrigin('config', key, { resource: config, report });
	for (const [key, volume] of project.volumes) {
		const extra = (['driver', 'driver_opts', 'labels'] as const).find((name) => volume[name] !== undefined);
		if (volume.external !== true || extra === undefined) continue;
		report({
			code: 'MODEL_INVALID',
			path: ['volumes', key, extra],
			message: `the external volume \`${key}\` cannot have \`${extra}\``,
			hint: `Remove \`${extra}\`, or \`external\`.`,
		});
	}
}

const origins = { secret: ['file', 'environment'], config: ['file', 'environment', 'content'] } as const;

interface Kept {
	readonly resource: Secret | Config;
	readonly report: CheckContext['report'];
}

function checkOrigin(kind: 'secret' | 'config', key: string, { resource, report }: Kept): void {
	const possible = new Set<string>(origins[kind]);
	const found = Object.keys(resource).filter((name) => possible.has(name));
	if (resource.external === true || found.length === 1) return;
	const words = origins[kind].map((name) => `\`${name}\``);
	report({
		code: 'MODEL_INVALID',
		path: [`${kind}s`, key],
		message: `the ${kind} \`${key}\` must come from one of ${words.join(', ')}, found ${
			found.length === 0 ? 'none' : found.map((name) => `\`${name}\``).join(' and ')
		}`,
		hint: `Write one of ${words.join(', ')} and \`external: true\`.`,
	});
}
