import { childOf, type MappingNode, type Node } from '../../document/node.ts';
import type { Findings } from '../../errors/findings.ts';
import { isTrue } from '../canonical/spot.ts';
import type { DecodedProject } from '../decode/project.ts';
import { type Report, reporter } from './report.ts';

/** What must hold in each model, the project's own and those it includes: of one origin, and external or described. */
export function checkResources(tree: MappingNode, findings: Findings): void {
	const report = reporter(tree, findings);
	for (const [key, volume] of resourcesOf(tree, 'volumes')) checkExternal(key, volume, report);
	for (const kind of ['secret', 'config'] as const) {
		for (const [key, resource] of resourcesOf(tree, `${kind}s`)) checkOrigin(kind, key, { resource, report });
	}
}

function resourcesOf(tree: MappingNode, section: string): readonly (readonly [string, Node])[] {
	const resources = childOf(tree, section);
	return resources?.kind === 'mapping' ? [...resources.entries].map(([key, { value }]) => [key, value]) : [];
}

/** An external volume is described elsewhere. */
function checkExternal(key: string, volume: Node, report: Report): void {
	const extra = ['driver', 'driver_opts', 'labels'].find((name) => childOf(volume, name) !== undefined);
	if (!isTrue(childOf(volume, 'external')) || extra === undefined) return;
	report({
		code: 'MODEL_INVALID',
		path: ['volumes', key, extra],
		message: `the external volume \`${key}\` cannot have \`${extra}\``,
		hint: `Remove \`${extra}\`, or \`external\`.`,
	});
}

const origins = { secret: ['file', 'environment'], config: ['file', 'environment', 'content'] } as const;

interface Kept {
	readonly resource: Node;
	readonly report: Report;
}

/** An empty `content` is an origin too, so it is the text that counts. A driver brings what it knows of itself. */
function checkOrigin(kind: 'secret' | 'config', key: string, { resource, report }: Kept): void {
	const found = origins[kind].filter((name) => childOf(resource, name) !== undefined);
	const isElsewhere = ['external', 'driver'].some((name) => childOf(resource, name) !== undefined);
	if (found.length === 1 || (found.length === 0 && isElsewhere)) return;
	reportOrigin(kind, key, { found, report });
}

/** Secrets that are not external need an origin whatever else they say. */
export function checkSecretOrigins({ secrets }: DecodedProject, report: Report): void {
	for (const [key, { external, file, environment }] of secrets) {
		if (external === true || file !== undefined || environment !== undefined) continue;
		reportOrigin('secret', key, { found: [], report });
	}
}

function reportOrigin(
	kind: 'secret' | 'config',
	key: string,
	{ found, report }: { readonly found: readonly string[]; readonly report: Report },
): void {
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
