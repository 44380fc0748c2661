import {
	Document,
	isCollection,
	isMap,
	isPair,
	isScalar,
	isSeq,
	type Node,
	parseAllDocuments,
	type Scalar,
	visit,
	type YAMLMap,
	type YAMLSeq,
} from 'yaml';

/** What all files together have, so that what is put somewhere often belongs there. */
export interface Donors {
	/** By the key they stand behind. */
	readonly values: ReadonlyMap<string, readonly Node[]>;
	/** The keys that stand beside a key. */
	readonly neighbours: ReadonlyMap<string, readonly string[]>;
}

export function collectDonors(texts: readonly string[]): Donors {
	const values = new Map<string, Node[]>();
	const neighbours = new Map<string, Set<string>>();
	for (const { pair, parent } of texts.flatMap(documentsOf).flatMap((document) => placesOf(document).pairs)) {
		const key = keyOf(pair);
		const beside = neighbours.get(key) ?? new Set();
		neighbours.set(key, beside);
		for (const other of parent.items) if (isValuePair(other)) beside.add(keyOf(other));
		const known = values.get(key) ?? [];
		values.set(key, known);
		if (!hasAlias(pair.value)) known.push(pair.value);
	}
	return { values, neighbours: new Map([...neighbours].map(([key, beside]) => [key, [...beside]])) };
}

/** `text` with one to three values, keys or subtrees in other places than they were; undefined where it is no YAML. */
export function mutateTree(text: string, random: () => number, donors: Donors): string | undefined {
	const documents = documentsOf(text);
	const [document] = documents;
	if (document === undefined || documents.length > 1) return undefined;
	for (let count = 1 + Math.floor(random() * random() * 3); count > 0; count -= 1) {
		const places = placesOf(document);
		if (places.pairs.length > 0) pick(mutations, random)?.({ ...places, random, donors });
	}
	return written(document);
}

/** An alias may stand before its anchor by now: such a tree has no text. */
function written(document: Document): string | undefined {
	try {
		return document.toString({ lineWidth: 0, verifyAliasOrder: false }).slice(0, 100_000);
	} catch {
		return undefined;
	}
}

function documentsOf(text: string): readonly Document[] {
	const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' });
	return Array.isArray(documents) && documents.every(({ errors }) => errors.length === 0) ? documents : [];
}

interface ValuePair {
	key: Scalar;
	value: Node;
}

interface Places {
	readonly pairs: readonly { readonly pair: ValuePair; readonly parent: YAMLMap<unknown, unknown> }[];
	readonly lists: readonly YAMLSeq[];
}

function placesOf(document: Document): Places {
	const places: { pairs: { pair: ValuePair; parent: YAMLMap<unknown, unknown> }[]; lists: YAMLSeq[] } = {
		pairs: [],
		lists: [],
	};
	visit(document, {
		Map(_, parent) {
			for (const pair of parent.items) if (isValuePair(pair)) places.pairs.push({ pair, parent });
		},
		Seq(_, list) {
			if (list.items.length > 0) places.lists.push(list);
		},
	});
	return places;
}

const isValuePair = (pair: unknown): pair is ValuePair =>
	isPair(pair) && isScalar(pair.key) && (isScalar(pair.value) || isCollection(pair.value));

const keyOf = (pair: ValuePair): string => String(pair.key.value);

function hasAlias(node: Node): boolean {
	let found = false;
	visit(node, {
		Alias() {
			found = true;
			return visit.BREAK;
		},
	});
	return found;
}

interface Mutating extends Places {
	readonly random: () => number;
	readonly donors: Donors;
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
	return items[Math.floor(random() * items.length)];
}

const clone = (node: Node): Node => node.clone() as Node;

/** Values of another kind, at the edge of what an attribute takes, or with a variable in them. */
const oddities = [
	...['', 'a', '0', '-1', '1.5', '080', '0x1F', 'true', 'yes', '"no"', '~', '[]', '{}', '[a, b]', '{a: b}', '1e3'],
	...['10s', '1h30m', '512m', '1.5g', '80:80', '127.0.0.1::80/udp', '3000-3005', './a:/b:ro', 'a:/b', '/c', '~/d:/e'],
	...['$SET', '${SET}', '${EMPTY:-9}', '${UNSET-1}', '${SET:+x}', '$$5', '${UNSET:?no}', 'A=1', 'A', '[A=1, B]'],
	...['host', 'none', 'bridge', 'service:a', 'always', 'on-failure:3', 'no', 'default', '!reset null', '!override []'],
];

const oddity = (random: () => number): Node =>
	(parseAllDocuments(`a: ${pick(oddities, random)}`, { logLevel: 'silent' })[0]?.get('a', true) ??
		new Document(null).createNode(null)) as Node;

const mutations: readonly ((mutating: Mutating) => void)[] = [
	function takeDonor({ pairs, donors, random }) {
		const pair = pick(pairs, random)?.pair;
		const donor = pair && pick(donors.values.get(keyOf(pair)) ?? [], random);
		if (pair !== undefined && donor !== undefined) pair.value = clone(donor);
	},
	function addDonor({ pairs, donors, random }) {
		const chosen = pick(pairs, random);
		const key = pick(donors.neighbours.get(chosen === undefined ? '' : keyOf(chosen.pair)) ?? [], random);
		const donor = pick(donors.values.get(key ?? '') ?? [], random);
		if (donor !== undefined) chosen?.parent.set(key, clone(donor));
	},
	function addAnyDonor({ pairs, donors, random }) {
		const chosen = pick(pairs, random);
		const [key, values = []] = pick([...donors.values], random) ?? [];
		const donor = pick(values, random);
		if (donor !== undefined) chosen?.parent.set(key, clone(donor));
	},
	function putOddity({ pairs, random }) {
		const pair = pick(pairs, random)?.pair;
		if (pair !== undefined) pair.value = oddity(random);
	},
	function putScalar({ pairs, random }) {
		const scalars = pairs.filter(({ pair }) => isScalar(pair.value));
		const [to, from] = [pick(scalars, random)?.pair, pick(scalars, random)?.pair];
		if (to !== undefined && from !== undefined) to.value = clone(from.value);
	},
	function drop({ pairs, random }) {
		const chosen = pick(pairs, random);
		chosen?.parent.delete(chosen.pair.key);
	},
	function swap({ pairs, random }) {
		const [a, b] = [pick(pairs, random)?.pair, pick(pairs, random)?.pair];
		if (a === undefined || b === undefined) return;
		const [first, second] = [clone(a.value), clone(b.value)];
		a.value = second;
		b.value = first;
	},
	function rename({ pairs, random }) {
		const [a, b] = [pick(pairs, random)?.pair, pick(pairs, random)?.pair];
		if (a !== undefined && b !== undefined) a.key = b.key.clone() as Scalar;
	},
	function doubleUnderAnotherName({ pairs, random }) {
		const chosen = pick(pairs, random);
		if (chosen !== undefined) chosen.parent.set(`${keyOf(chosen.pair)}2`, clone(chosen.pair.value));
	},
	function doubleItem({ lists, random }) {
		const list = pick(lists, random);
		const item = list && pick(list.items, random);
		if (isScalar(item) || isMap(item) || isSeq(item)) list?.items.push(clone(item as Node));
	},
	function dropItem({ lists, random }) {
		const list = pick(lists, random);
		list?.items.splice(Math.floor(random() * list.items.length), 1);
	},
	function putItem({ lists, random }) {
		const list = pick(lists, random);
		if (list !== undefined) list.items[Math.floor(random() * list.items.length)] = oddity(random);
	},
	function moveItem({ lists, random }) {
		const [from, to] = [pick(lists, random), pick(lists, random)];
		const item = from && pick(from.items, random);
		if (isScalar(item) || isMap(item)) to?.items.push(clone(item as Node));
	},
];
