interface Look {
	readonly id: string;
	readonly name: string;
	readonly image: string;
	readonly startedAt: string;
	readonly state: string;
	readonly slug: string | undefined;
}

/** Knows the containers of a story from step to step, so that kept, recreated and restarted ones can be told apart. */
export interface Memory {
	/** Id → what it is called in comparisons. */
	readonly words: Map<string, string>;
	look(containers: readonly Look[]): Readonly<Record<string, string>>;
}

export function newMemory(): Memory {
	const words = new Map<string, string>();
	const generations = new Map<string, number>();
	let seen: readonly Look[] = [];
	return {
		words,
		look(containers) {
			// In the order of their names: which of two is made first is chance, and what it is called must not be.
			for (const container of containers.toSorted(byName)) learn(container, { words, generations });
			const before = seen;
			seen = containers;
			return changes(before, containers);
		},
	};
}

const byName = (a: Look, b: Look): number => {
	const [first, second] = [wordFor.name(a.name), wordFor.name(b.name)];
	return first < second ? -1 : Number(first > second);
};

function learn(
	{ id, name, image, slug }: Look,
	{ words, generations }: { readonly words: Map<string, string>; readonly generations: Map<string, number> },
): void {
	if (slug !== undefined) words.set(slug, '<slug>');
	if (!words.has(image)) words.set(image, `<image ${[...words.values()].filter(isImage).length + 1}>`);
	if (words.has(id)) return;
	const called = wordFor.name(name);
	const generation = (generations.get(called) ?? 0) + 1;
	generations.set(called, generation);
	words.set(id, `<${called}#${generation}>`);
	words.set(id.slice(0, 12), `<${called}#${generation}>`);
}

const isImage = (word: string): boolean => word.startsWith('<image ');

function changes(before: readonly Look[], after: readonly Look[]): Readonly<Record<string, string>> {
	const named = (all: readonly Look[], { name }: Look) =>
		all.find((one) => wordFor.name(one.name) === wordFor.name(name));
	const now = after.map((container) => [
		wordFor.name(container.name),
		change(container, before, named(before, container)),
	]);
	const gone = before.filter((container) => named(after, container) === undefined);
	return Object.fromEntries([...now, ...gone.map(({ name }) => [wordFor.name(name), 'removed'])].sort());
}

function change(container: Look, before: readonly Look[], namesake: Look | undefined): string {
	const then = before.find(({ id }) => id === container.id);
	if (then === undefined) return namesake === undefined ? 'created' : 'recreated';
	if (then.startedAt !== container.startedAt) return then.state === 'created' ? 'started' : 'restarted';
	return then.state === container.state ? 'kept' : `${then.state} to ${container.state}`;
}

/** Names and texts with the parts that chance gives put into words. */
export const wordFor = {
	name: (name: string): string => name.replace(/-run-[0-9a-f]{12}$/, '-run-<slug>').replace(/^[0-9a-f]{12}_/, '<old>_'),
	text(text: string, { words }: Memory): string {
		let told = text;
		for (const [id, word] of words) told = told.replaceAll(id, word);
		return told.replace(/-run-[0-9a-f]{12}\b/g, '-run-<slug>');
	},
};
