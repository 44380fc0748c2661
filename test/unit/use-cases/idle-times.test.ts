import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Gpu } from '../../../src/gpu/inventory.ts';
import { unitsOf } from '../../../src/gpu/inventory.ts';
import { updateIdleTimes } from '../../../src/use-cases/idle-times.ts';
import { box, cut, gpu, slice, uuid } from '../../support/gpu-cases.ts';

const holder = { kind: 'container', name: 'lab-t-1' } as const;
const listed = (of: Gpu, isHeld: boolean) =>
	unitsOf(box([of])).map((unit) => ({ unit, holders: isHeld ? [holder] : [] }));

const cases: readonly {
	readonly when: string;
	readonly gpu: Gpu;
	readonly isHeld?: boolean;
	readonly since: number | undefined;
}[] = [
	{ when: 'it was idle before', gpu: gpu(0, { utilisation: 0 }), since: 60 },
	{ when: 'it is seen idle for the first time', gpu: gpu(1, { utilisation: 0 }), since: 100 },
	{ when: 'it computes', gpu: gpu(0, { utilisation: 1 }), since: undefined },
	{ when: 'nobody has it', gpu: gpu(0, { utilisation: 0 }), isHeld: false, since: undefined },
	{ when: 'nobody tells what it does', gpu: gpu(0), since: undefined },
];

describe('since when a GPU has been idle', () => {
	for (const { when, gpu: of, isHeld = true, since } of cases) {
		test(`is ${since === undefined ? 'not said' : `second ${since}`} when ${when}`, () => {
			const times = updateIdleTimes(new Map([[uuid(0), 60]]), listed(of, isHeld), 100);
			assert.deepEqual([...times.values()], since === undefined ? [] : [since]);
		});
	}

	test('is not said of slices: what is told is the whole GPU’s', () => {
		const of = { ...cut(0), utilisation: 0 };
		assert.deepEqual([...updateIdleTimes(new Map([[slice(0), 1]]), listed(of, true), 100)], []);
	});
});
