import { formatScalar } from '../../document/format-scalar.ts';
import { childOf, inPlaceOf, type Node, type ScalarNode } from '../../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../../document/path-table.ts';

/** What makes two items of a list the same. */
type KeyOf = (item: Node) => string;

const textAt = (node: Node | undefined, otherwise = ''): string =>
	node?.kind === 'scalar' ? formatScalar(node) : otherwise;

const byText: KeyOf = (item) => textAt(item);
const byTarget: KeyOf = (item) => textAt(childOf(item, 'target'));
const byTargetUnder =
	(folder: string): KeyOf =>
	(item) =>
		textAt(childOf(item, 'target'), `${folder}${textAt(childOf(item, 'source'))}`);
const byPath: KeyOf = (item) => textAt(childOf(item, 'path'));

const byPort: KeyOf = (item) =>
	[
		textAt(childOf(item, 'host_ip'), '0.0.0.0'),
		publishedKey(childOf(item, 'published')),
		textAt(childOf(item, 'target')),
		textAt(childOf(item, 'protocol'), 'tcp'),
	].join(' ');

/** docker compose tells a host port written as a number from one written as text, and no host port from an empty one. */
const publishedKey = (node: Node | undefined): string => (node?.kind === 'scalar' ? typedText(node) : '');

const typedText = (node: ScalarNode): string => `${typeof node.value} ${node.float} ${formatScalar(node)}`;

const keys: Readonly<Record<string, KeyOf>> = {
	'services.*.build.tags': byText,
	'services.*.cap_add': byText,
	'services.*.cap_drop': byText,
	'services.*.configs': byTargetUnder('/'),
	'services.*.devices': byTarget,
	'services.*.dns': byText,
	'services.*.dns_opt': byText,
	'services.*.dns_search': byText,
	'services.*.env_file': byPath,
	'services.*.expose': byText,
	'services.*.label_file': byText,
	'services.*.links': byText,
	'services.*.networks.*.aliases': byText,
	'services.*.networks.*.link_local_ips': byText,
	'services.*.ports': byPort,
	'services.*.profiles': byText,
	'services.*.secrets': byTargetUnder('/run/secrets/'),
	'services.*.tmpfs': byText,
	'services.*.volumes': byTarget,
};

/** Lists of `KEY=value`. */
const keyValues: readonly string[] = [
	'networks.*.labels',
	'services.*.annotations',
	'services.*.build.args',
	'services.*.build.labels',
	'services.*.deploy.labels',
	'services.*.environment',
	'services.*.labels',
	'services.*.sysctls',
];

/** Numbers are no texts, so both stay and the schema tells what it wants; a port may be either. */
const byValue =
	(isPort: boolean): KeyOf =>
	(item) => {
		if (item.kind !== 'scalar') return '';
		const isText = typeof item.value === 'string' || (isPort && item.float !== true);
		return isText ? `text ${formatScalar(item)}` : typedText(item);
	};

const ports: ReadonlySet<string> = new Set(['services.*.expose', 'services.*.ports']);
const byName: KeyOf = (item) => byValue(false)(item).split('=')[0] ?? '';

const table = pathTable<Rewriter>({
	...Object.fromEntries(
		Object.entries(keys).map(([pattern, keyOf]) => [pattern, keepLast(keyOf, byValue(ports.has(pattern)))]),
	),
	...Object.fromEntries(keyValues.map((pattern) => [pattern, keepLast(byName, byName)])),
});

/**
 * Of items with the same key the last value stays, at the first one's place. Short forms count by their text, so the
 * canonical tree is gone through again.
 */
export const removeDuplicates = (tree: Node): Node => rewrite(tree, table);

function keepLast(keyOf: KeyOf, textKeyOf: KeyOf): Rewriter {
	return (node) => {
		if (node.kind !== 'sequence') return node;
		const items = new Map<string, Node>();
		for (const item of node.items) {
			const key = (item.kind === 'scalar' ? textKeyOf : keyOf)(item);
			const known = items.get(key);
			items.set(key, known === undefined ? item : inPlaceOf(known, item));
		}
		return items.size === node.items.length ? node : { ...node, items: [...items.values()] };
	};
}
