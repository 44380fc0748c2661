import { childOf, type MappingNode, type Node } from '../document/node.ts';
import type { AttributePath } from '../document/path.ts';
import type { Findings } from '../errors/findings.ts';
import { describeValue } from './expectation.ts';

/** Lists that hold no value twice and take a number as well as its text. */
const attributes = ['group_add', 'ports'];

/** docker compose compares the items of longer lists in another way, which tells numbers from texts. */
const longest = 20;

/**
 * Refuses a number behind its own text, such as `["80", 80]`: docker compose takes the two for the same value. The
 * other way round they differ for it.
 */
export function refuseNumericTwins(tree: MappingNode, findings: Findings): void {
	const services = childOf(tree, 'services');
	if (services?.kind !== 'mapping') return;
	for (const [name, { value: service }] of services.entries) {
		for (const attribute of attributes) {
			const list = childOf(service, attribute);
			if (list !== undefined) refuseTwinsIn(list, ['services', name, attribute], findings);
		}
	}
}

function refuseTwinsIn(list: Node, path: AttributePath, findings: Findings): void {
	if (list.kind !== 'sequence' || list.items.length > longest) return;
	const index = list.items.findIndex((item, place) =>
		list.items.slice(0, place).some((earlier) => !isOneType(item, earlier) && isTwin(item, earlier)),
	);
	const item = list.items[index];
	if (item === undefined) return;
	const message = `\`${path.join('.')}\` holds ${describeValue(item)} twice, once as a number and once as a text`;
	findings.error('SCHEMA_VIOLATION', message, { at: item.at, path: [...path, index], hint: 'Remove one of the two.' });
}

/** The schema tells of equal values of one type. */
const isOneType = (item: Node, earlier: Node): boolean =>
	item.kind === 'scalar' && earlier.kind === 'scalar' && typeof item.value === typeof earlier.value;

/** Whether the two are equal for docker compose, which needs a number in `later` to be told here. */
function isTwin(later: Node, earlier: Node): boolean {
	if (later.kind === 'scalar') return earlier.kind === 'scalar' && isSameScalar(later.value, earlier.value);
	if (later.kind === 'sequence' || earlier.kind !== 'mapping' || later.entries.size !== earlier.entries.size)
		return false;
	return [...later.entries].every(([key, { value }]) => {
		const other = childOf(earlier, key);
		return other !== undefined && isTwin(value, other);
	});
}

function isSameScalar(later: unknown, earlier: unknown): boolean {
	const isNumber = typeof later === 'number' || typeof later === 'bigint';
	return later === earlier || (isNumber && typeof earlier === 'string' && Number(later) === numberOf(earlier));
}

/** The number that a text is for docker compose: Go reads fractions and digits with `_` between them, too. */
export function numberOf(text: string): number {
	const [above = '', below, ...rest] = text.replaceAll(/(?<=[\da-f])_(?=[\da-f])/gi, '').split('/');
	if (rest.length > 0 || ![above, below ?? '1'].every((part) => /^[-+]?[\d.]\S*$/.test(part))) return Number.NaN;
	return Number(above) / Number(below ?? 1);
}
