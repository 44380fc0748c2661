import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { LabcError } from '../../src/errors/labc-error.ts';
import { worldRuns } from '../support/property-runs.ts';
import { turn, WatchWorld, type WorldOptions } from '../support/watch-world.ts';

const names = ['a', 'b', 'c'];

/** A number says what happens next and to what. */
function happen(world: WatchWorld, number: number): void {
	let rest = number;
	const pick = (count: number): number => {
		const picked = rest % count;
		rest = Math.floor(rest / count);
		return picked;
	};
	const file = (): string => ['/p', ...names.slice(0, 1 + pick(3)).map(() => names[pick(3)])].join('/');
	const id = (): string => [...world.containers.keys()][pick(world.containers.size)] ?? '';
	const release = (failure?: LabcError): void => world.gates.splice(pick(world.gates.length || 1), 1)[0]?.open(failure);
	const steps: readonly (() => void)[] = [
		() => world.host.put(file(), 'file', `v${pick(10)}`),
		() => world.host.put(file(), 'directory', ''),
		() => world.host.put(file(), 'symlink', `to${pick(10)}`),
		() => world.host.remove(file()),
		() => world.host.remove(file()),
		() => world.host.move(file(), file()),
		() => world.host.chmod(file(), pick(2) === 0 ? 0o700 : 0o755),
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
		() => {
			if (pick(2) === 0) world.destroy(id());
			world.make();
		},
	];
	steps[pick(steps.length)]?.();
}

const happenings = fc.array(fc.nat({ max: 2 ** 40 }), { minLength: 20, maxLength: 120, size: 'max' });

async function afterAll(options: WorldOptions, numbers: readonly number[]): Promise<WatchWorld> {
	const world = new WatchWorld(options);
	for (const file of ['/p/a', '/p/b/a', '/p/b/c/a']) world.host.put(file, 'file', 'v0');
	await world.open();
	for (const number of numbers) {
		happen(world, number);
		await turn();
	}
	await world.rest();
	return world;
}

describe('whatever happens to a tree and its containers, in whatever order it is told', () => {
	test('the containers are as the host when it is quiet', async () => {
		const options = { isInitial: true, image: {}, ignore: [] };
		await fc.assert(
			fc.asyncProperty(happenings, async (numbers) => {
				const world = await afterAll(options, numbers);
				assert.deepEqual(world.wrong(), []);
				const lacking = [...world.host.listing().keys()].filter(
					(file) => !world.owned().has(file.replace('/p', '/app')),
				);
				assert.deepEqual(lacking, []);
			}),
			worldRuns,
		);
	});

	test('so is what labc has copied or deleted where not all is copied at first, over what the image has', async () => {
		const image = { '/app/a': 'v1', '/app/b': 'v2', '/app/c': 'v3' };
		const options = { isInitial: false, image, ignore: ['c/a'] };
		await fc.assert(
			fc.asyncProperty(happenings, async (numbers) => {
				const world = await afterAll(options, numbers);
				assert.deepEqual(world.wrong(), []);
			}),
			worldRuns,
		);
	});
});
