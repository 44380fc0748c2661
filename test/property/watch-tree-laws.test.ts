import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Tree } from '../../src/watch/tree.ts';
import type { TreeNews } from '../../src/watch/tree-news.ts';
import type { Hint } from '../../src/watch/tree-request.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { runs } from '../support/property-runs.ts';

const names = ['a', 'b', 'c'];

/** A host, its watched tree, and a copy that takes over each path that is told of as it is then. */
async function newWorld(isWatched: boolean) {
	const host = new MemoryHost('/p');
	for (const file of ['/p/a', '/p/b/a', '/p/b/b', '/p/c/a/b', '/p/c/b']) host.put(file, 'file', 'v0');
	host.put('/p/b/c', 'symlink', 'to0');
	// So long ago that nothing of it looks changed.
	host.pass(60_000);
	host.drop();
	let hints: Hint[] = [];
	const noRoom = (): never => {
		throw new Error('no room');
	};
	const tree = new Tree({
		roots: ['/p'],
		ignoresTree: () => false,
		files: isWatched ? host.files : { ...host.files, watchFolder: noRoom },
		onHint: (hint) => hints.push(hint),
		onLost: () => undefined,
		onUnwatched: () => undefined,
		onClosed: () => undefined,
		now: host.now,
		breathe: () => undefined,
	});
	await tree.open();
	const copy = new Map(host.listing());
	const take = ({ changes }: TreeNews): void => {
		for (const { path, isThere } of changes) {
			const now = isThere ? host.listing().get(path) : undefined;
			if (now === undefined) copy.delete(path);
			else copy.set(path, now);
		}
	};
	const settle = (): void => {
		const due = hints;
		hints = [];
		take(tree.settle(due));
	};
	return { host, tree, copy, settle, rescan: async () => take(await tree.rescan()) };
}

/** A number says what happens next and to what. */
async function happen(number: number, { host, settle, rescan }: Awaited<ReturnType<typeof newWorld>>): Promise<void> {
	let rest = number;
	const pick = (count: number): number => {
		const picked = rest % count;
		rest = Math.floor(rest / count);
		return picked;
	};
	const file = (): string => ['/p', ...names.slice(0, 1 + pick(3)).map(() => names[pick(3)])].join('/');
	const steps: readonly (() => unknown)[] = [
		() => host.put(file(), 'file', `v${pick(10)}`),
		() => host.put(file(), 'directory', ''),
		() => host.put(file(), 'symlink', `to${pick(10)}`),
		() => host.remove(file()),
		() => host.move(file(), file()),
		() => host.chmod(file(), pick(2) === 0 ? 0o700 : 0o755),
		() => host.tell(1 + pick(4)),
		() => host.drop(),
		() => host.pass(5000),
		settle,
		rescan,
	];
	await steps[pick(steps.length)]?.();
}

describe('who takes over what a watched tree tells', () => {
	for (const isWatched of [true, false]) {
		const when = isWatched ? 'though much was never told by the system' : 'though nothing of it can be watched';
		test(`has all of it after everything was looked at again, ${when}`, async () => {
			const happenings = fc.array(fc.nat({ max: 2 ** 40 }), { maxLength: 30, size: 'max' });
			await fc.assert(
				fc.asyncProperty(happenings, async (numbers) => {
					const world = await newWorld(isWatched);
					for (const number of numbers) await happen(number, world);
					world.host.drop();
					world.settle();
					await world.rescan();
					assert.deepEqual(sorted(world.copy), sorted(world.host.listing()));
				}),
				runs,
			);
		});
	}
});

const sorted = (listing: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
	[...listing].sort(([one], [other]) => (one < other ? -1 : 1));
