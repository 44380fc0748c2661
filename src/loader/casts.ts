import type { ScalarNode } from '../document/node.ts';
import { pathTable } from '../document/path-table.ts';
import { refuse, type Spot } from './canonical/spot.ts';

/** Turns the text of an attribute that takes a number or a truth value into one. */
export type Cast = (node: ScalarNode, text: string, spot: Spot) => ScalarNode;

const toInteger: Cast = (node, text, spot) => {
	if (/^[-+]?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return { ...node, value: Number(text) };
	refuse(spot, node, `\`${text}\` is not a whole number`, 'Write a whole number.');
	return node;
};

const booleans: ReadonlyMap<string, boolean> = new Map([
	['true', true],
	['false', false],
	['y', true],
	['yes', true],
	['on', true],
	['n', false],
	['no', false],
	['off', false],
]);

const toBoolean: Cast = (node, text, spot) => {
	const value = booleans.get(text.toLowerCase());
	if (value === undefined) {
		refuse(spot, node, `\`${text}\` is neither \`true\` nor \`false\``, 'Write `true` or `false`.');
		return node;
	}
	if (!['true', 'false'].includes(text.toLowerCase())) {
		spot.findings.warning('BOOLEAN_WORD', `\`${text}\` is no truth value in YAML 1.2, it is read as \`${value}\``, {
			at: node.at,
			path: spot.path,
			hint: `Write \`${value}\`.`,
		});
	}
	return { ...node, value };
};

/** Attributes whose text is cast once variables are in place. */
export const casts = pathTable<Cast>({
	'networks.*.attachable': toBoolean,
	'networks.*.enable_ipv4': toBoolean,
	'networks.*.enable_ipv6': toBoolean,
	'networks.*.external': toBoolean,
	'networks.*.internal': toBoolean,
	'secrets.*.external': toBoolean,
	'services.*.deploy.replicas': toInteger,
	'services.*.deploy.restart_policy.max_attempts': toInteger,
	'services.*.healthcheck.disable': toBoolean,
	'services.*.healthcheck.retries': toInteger,
	'services.*.init': toBoolean,
	'services.*.ports.*.target': toInteger,
	'services.*.privileged': toBoolean,
	'services.*.read_only': toBoolean,
	'services.*.scale': toInteger,
	'services.*.stdin_open': toBoolean,
	'services.*.tty': toBoolean,
	'services.*.ulimits.*': toInteger,
	'services.*.ulimits.*.hard': toInteger,
	'services.*.ulimits.*.soft': toInteger,
	'services.*.volumes.*.read_only': toBoolean,
	'services.*.volumes.*.volume.nocopy': toBoolean,
	'volumes.*.external': toBoolean,
});
