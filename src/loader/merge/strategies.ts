import { childOf, inPlaceOf, type Node } from '../../document/node.ts';
import { toPlain } from '../../document/plain.ts';
import { isNull, type MergeRule, type MergeSpot, mergeTrees } from './merge.ts';

/** The override as it is, even where it is null. */
export const replace: MergeRule = (base, override) => inPlaceOf(base, override);

/** A single value gives way to whatever comes later; two lists or mappings merge as trees. */
export const replaceSingle: MergeRule = (base, override, spot) =>
	base.kind === 'scalar' && !isNull(override) ? inPlaceOf(base, override) : mergeTrees(base, override, spot);

/** Both sides brought to one form, then merged as trees. */
export const merged =
	(convert: Convert): MergeRule =>
	(base, override, spot) =>
		mergeTrees(convert(base, spot), convert(override, spot), spot);

type Convert = (node: Node, spot: MergeSpot) => Node;

/** The override's items that the base does not hold already are appended. */
export const appendNew =
	(convert: Convert): MergeRule =>
	(base, override, spot) => {
		const [before, after] = [convert(base, spot), convert(override, spot)];
		if (before.kind !== 'sequence' || after.kind !== 'sequence') return mergeTrees(before, after, spot);
		const known = new Set(before.items.map(textOf));
		return { ...after, items: [...before.items, ...after.items.filter((item) => !known.has(textOf(item)))] };
	};

const textOf = (item: Node): string =>
	JSON.stringify(toPlain(item), (_, value) => (typeof value === 'bigint' ? `${value}` : value));

/** Options belong to their driver: another driver replaces all, the same or none adds to them. */
export const mergeLogging: MergeRule = (base, override, spot) => {
	const [before, after] = [driverOf(base), driverOf(override)];
	const isOther = before !== undefined && after !== undefined && before !== after;
	return isOther ? override : mergeTrees(base, override, spot);
};

function driverOf(logging: Node): unknown {
	const driver = childOf(logging, 'driver');
	return driver?.kind === 'scalar' ? (driver.value ?? undefined) : undefined;
}

/**
 * Address pools pair up by subnet. A base pool that the override does not name is dropped, as docker compose does.
 */
export const mergePools: MergeRule = (base, override, spot) => {
	if (base.kind !== 'sequence' || override.kind !== 'sequence') return mergeTrees(base, override, spot);
	const pools = override.items.map((pool) => {
		const same = base.items.find((candidate) => subnetOf(candidate) === subnetOf(pool));
		return same === undefined ? pool : mergeTrees(same, pool, { ...spot, rules: undefined });
	});
	return { ...override, items: pools };
};

function subnetOf(pool: Node): unknown {
	const subnet = childOf(pool, 'subnet');
	return subnet?.kind === 'scalar' ? subnet.value : undefined;
}
