import { childOf, type Node } from '../../document/node.ts';
import { nodeAt } from '../../document/plain.ts';
import type { Config } from '../../model/config.ts';
import type { Secret } from '../../model/secret.ts';
import type { CheckContext } from './report.ts';

/** Secrets and configs come from one place; an external volume is not described here. */
export function checkResources({ project, report }: CheckContext, tree: Node): void {
	for (const [key, secret] of project.secrets) checkOrigin('secret', key, { resource: secret, tree, report });
	for (const [key, config] of project.configs) checkOrigin('config', key, { resource: config, tree, report });
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
	readonly tree: Node;
	readonly report: CheckContext['report'];
}

/** An empty `content` is an origin too, so it is the text that counts. */
function checkOrigin(kind: 'secret' | 'config', key: string, { resource, tree, report }: Kept): void {
	const written = nodeAt(tree, [`${kind}s`, key]);
	const found = origins[kind].filter((name) => childOf(written, name) !== undefined);
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
