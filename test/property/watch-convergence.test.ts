import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { LabcError } from '../../src/errors/labc-error.ts';
import { worldRuns } from '../support/property-runs.ts';
import { turn, WatchWorld, type WorldOptions } from '../support/watch-world.ts';

const names = ['a', 'b', 'c'];

/** A number says what happens next and to what. */
function happen(world: WatchWorld, roots: readonly string[], number: number): void {
	let rest = number;
	const pick = (count: number): number => {
		const picked = rest % count;
		rest = Math.floor(rest / count);
		return picked;
	};
	const below = (root: string): string => [root, ...names.slice(0, 1 + pick(3)).map(() => names[pick(3)])].join('/');
	const file = (): string => below(roots[pick(roots.length)] ?? '');
	/** Also the whole of what a rule watches. */
	const folder = (): string => (pick(20) === 0 ? (roots[pick(roots.length)] ?? '') : file());
	const id = (): string => [...world.containers.keys()][pick(world.containers.size)] ?? '';
	const release = (failure?: LabcError): void => world.gates.splice(pick(world.gates.length || 1), 1)[0]?.open(failure);
	const steps: readonly (() => void)[] = [
		() => world.host.put(file(), 'file', `v${pick(10)}`),
		() => world.host.put(folder(), 'directory', ''),
		() => world.host.put(file(), 'symlink', `to${pick(10)}`),
		() => world.host.remove(folder()),
		() => world.host.remove(file()),
		() => world.host.move(file(), file()),
		() => world.host.chmod(folder(), pick(2) === 0 ? 0o700 : 0o755),
		() => void world.host.tell(1 + pick(4)),
		() => void world.host.tell(1 + pick(4)),
		() => world.settle(),
		() => world.settle(),
		() => release(),
		() => release(),
		() => release(),
		() => release(),
		() => release(),
		() => release(new LabcError('ENGINE_REFUSED', 'no space left on device')),
		() => release(new LabcError('ENGINE_UNREACHABLE', 'broken off')),
		() => world.stop(id()),
		() => {
			const kept = pick(3);
			world.start(id(), (target) => target.length % 3 === kept);
		},
		() => world.hear(1 + pick(2)),
		() => world.hear(1 + pick(2)),
		() => world.retry(1 + pick(2)),
		() => {
			const flipped = file();
			world.host.move(flipped, `${flipped}-away`);
			if (pick(2) === 0) {
				world.host.tell(Number.POSITIVE_INFINITY);
				world.settle();
			}
			world.host.move(`${flipped}-away`, flipped);
		},
		() => world.write(id(), `${below('/app')}/own`, 'own'),
		() => world.write(id(), `${below('/app')}/own`, 'own'),
		() => {
			if (pick(2) === 0) world.destroy(id());
			world.make();
		},
	];
	steps[pick(steps.length)]?.();
}

const happenings = fc.array(fc.nat({ max: 2 ** 40 }), { minLength: 20, maxLength: 120, size: 'max' });

interface Case extends WorldOptions {
	readonly when: string;
	/** Where things happen on the host. */
	readonly roots: readonly string[];
}

const all = { initial_sync: true } as const;
const image = { '/app/a': 'v1', '/app/b': 'v2', '/app/c/a': 'v3', '/app/c/own': 'v4' };
const cases: readonly Case[] = [
	{
		when: 'one rule that copies all at first',
		roots: ['/h/p'],
		rules: [{ path: '/h/p', target: '/app', ...all }],
		image: {},
	},
	{
		when: 'one rule that copies only changes, over what the image has',
		roots: ['/h/p'],
		rules: [{ path: '/h/p', target: '/app', ignore: ['c/a'] }],
		image,
	},
	{
		when: 'a target in another one',
		roots: ['/h/p', '/h/q'],
		rules: [
			{ path: '/h/p', target: '/app', ...all },
			{ path: '/h/q', target: '/app/b', ...all },
		],
		image: {},
	},
	{
		when: 'a target in a later one, over what the image has, with only changes copied',
		roots: ['/h/p', '/h/q'],
		rules: [
			{ path: '/h/q', target: '/app/b/c' },
			{ path: '/h/p', target: '/app', ignore: ['b/c/a', 'c'] },
		],
		image,
	},
	{
		when: 'two rules with one target',
		roots: ['/h/p', '/h/q'],
		rules: [
			{ path: '/h/p', target: '/app', ...all },
			{ path: '/h/q', target: '/app', ignore: ['a/b'] },
		],
		image: {},
	},
	{
		when: 'a rule for a folder that another rule has too',
		roots: ['/h/p', '/h/p/d', '/h/q'],
		rules: [
			{ path: '/h/p', target: '/app', ...all },
			{ path: '/h/p/d', target: '/app/c', ...all },
			{ path: '/h/q', target: '/app/b/a', ...all },
		],
		image: {},
	},
	{
		when: 'a rule whose own path is a link',
		roots: ['/h/p', '/h/q'],
		rules: [
			{ path: '/h/l', target: '/app', ...all },
			{ path: '/h/q', target: '/app/a/b', ignore: ['c'] },
		],
		image: {},
		link: ['/h/l', '/h/p'],
	},
];

async function afterAll(given: Case, numbers: readonly number[]): Promise<WatchWorld> {
	const world = new WatchWorld(given);
	for (const root of given.roots) {
		for (const file of ['a', 'b/a', 'b/c/a']) world.host.put(`${root}/${file}`, 'file', 'v0');
	}
	await world.open();
	for (const number of numbers) {
		happen(world, given.roots, number);
		await turn();
	}
	await world.rest();
	return world;
}

describe('whatever happens to trees and their containers, in whatever order it is told', () => {
	for (const given of cases) {
		test(`the containers are as the host when it is quiet, and have all of their own: ${given.when}`, async () => {
			await fc.assert(
				fc.asyncProperty(happenings, async (numbers) => {
					const world = await afterAll(given, numbers);
					assert.deepEqual(world.wrong(), []);
					assert.deepEqual(world.losses, []);
					if (given.rules.length === 1) assert.deepEqual(world.left(), []);
				}),
				worldRuns,
			);
		});
	}

	test('all that is watched is copied where all is copied at first', async () => {
		const [given] = cases;
		assert.ok(given);
		await fc.assert(
			fc.asyncProperty(happenings, async (numbers) => {
				const world = await afterAll(given, numbers);
				const watched = [...world.host.listing().keys()].filter((file) => file.startsWith('/h/p/'));
				assert.deepEqual(
					watched.filter((file) => !world.owned().has(file.replace('/h/p', '/app'))),
					[],
				);
			}),
			worldRuns,
		);
	});
});
