import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GpuBox } from '../../../src/gpu/box.ts';
import type { Project } from '../../../src/model/project.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { label } from '../../../src/state/labels.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { box, gpu, holding, mib } from '../../support/gpu-cases.ts';
import { container, image, project, service, stateOf } from '../../support/plan-cases.ts';

const one = project({ services: { t: service({ gpus: [{ count: 1 }] }) } });
const plain = project({ services: { t: service() } });
const hushed = project({ services: { t: service({ environment: { NVIDIA_VISIBLE_DEVICES: 'void' } }) } });
const amd = project({
	services: { t: service({ devices: [{ source: 'amd.com/gpu=0', target: 'amd.com/gpu=0', permissions: 'rwm' }] }) },
});
const both = project({
	services: {
		t: service({
			gpus: [{ count: 1 }],
			devices: [{ source: 'amd.com/gpu=0', target: 'amd.com/gpu=0', permissions: 'rwm' }],
		}),
	},
});
const observer = project({
	services: { t: service({ gpus: [{ count: 1 }], labels: { [label.gpuRole]: 'observer' } }) },
});

const cuda = { app: image({ config: { Env: ['NVIDIA_VISIBLE_DEVICES=all'] } }) };
const none: GpuBox['inventory'] = { source: 'engine', gpus: [] };
const byRuntime = (defaultRuntime: string): GpuBox['inventory'] => ({ ...box(2), defaultRuntime });
const busy = [holding('x', { all: true })];

interface Case {
	readonly when: string;
	readonly project: Project;
	readonly box: Partial<GpuBox>;
	readonly there?: readonly ObservedContainer[];
	/** Codes of what is told. */
	readonly told: readonly string[];
	/** What the container that is made has; `nothing` where nobody chose. */
	readonly has?: string;
	/** Whether nvidia's runtime is told to show it none. */
	readonly hides?: true;
}

const running = container(plain, { service: 't' });

const cases: readonly Case[] = [
	{
		when: 'an image sees all GPUs for the engine’s runtime',
		project: plain,
		box: { inventory: byRuntime('nvidia'), containers: busy },
		told: ['GPU_UNASKED'],
		has: 'nothing',
	},
	{
		when: 'an image would see all and the command line wants none',
		project: plain,
		box: { inventory: { ...none, defaultRuntime: 'nvidia' }, mode: 'none' },
		told: ['GPU_DROPPED'],
		has: 'none',
		hides: true,
	},
	{
		when: 'the command line wants none and the engine’s runtime is another',
		project: one,
		box: { inventory: { ...none, defaultRuntime: 'runc' }, mode: 'none' },
		told: ['GPU_DROPPED'],
		has: 'none',
	},
	{
		when: 'an image sees GPUs again that were hidden from it',
		project: plain,
		box: { inventory: byRuntime('nvidia') },
		there: [{ ...running, labels: { ...running.labels, [label.gpuIds]: 'none' } }],
		told: [],
		has: 'nothing',
	},
	{
		when: 'an image could see GPUs of a machine without any',
		project: plain,
		box: { inventory: { ...none, defaultRuntime: 'nvidia' } },
		told: [],
		has: 'nothing',
	},
	{ when: 'the engine’s runtime is another', project: plain, box: { inventory: byRuntime('runc') }, told: [] },
	{ when: 'the service says that it wants none', project: hushed, box: { inventory: byRuntime('nvidia') }, told: [] },
	{
		when: 'its container runs as it is',
		project: plain,
		box: { inventory: byRuntime('nvidia') },
		there: [running],
		told: [],
	},
	{
		when: 'a request comes before the image',
		project: one,
		box: { inventory: byRuntime('nvidia') },
		told: [],
		has: box(1).gpus[0]?.id ?? '',
	},
	{
		when: 'the engine does not tell its GPUs',
		project: one,
		box: { inventory: none, isUntold: true },
		told: ['GPU_UNTOLD'],
	},
	{
		when: 'the engine does not tell its GPUs, and going without is allowed',
		project: one,
		box: { inventory: none, isUntold: true, mode: 'optional' },
		told: ['GPU_UNTOLD'],
		has: 'nothing',
	},
	{
		when: 'somebody draws on it of whom nobody tells',
		project: one,
		box: { inventory: box([gpu(0, { memoryUsed: 900 * mib })]) },
		told: ['GPU_IN_USE'],
	},
	{
		when: 'little of it is in use',
		project: one,
		box: { inventory: box([gpu(0, { memoryUsed: 300 * mib })]) },
		told: [],
	},
	{
		when: 'two makers are asked at once',
		project: both,
		box: { inventory: box(2) },
		told: ['GPU_MIXED'],
		has: 'nothing',
	},
	{
		when: 'there is no GPU of that maker',
		project: amd,
		box: { inventory: box(2) },
		told: ['GPU_NONE'],
		has: 'nothing',
	},
	{
		when: 'it only looks, by its label, at what somebody has',
		project: observer,
		box: { inventory: box(1), containers: busy },
		told: [],
		has: box(1).gpus[0]?.id ?? '',
	},
];

describe('what a plan says of GPUs', () => {
	for (const { when, project: declared, box: given, there = [], told, has, hides } of cases) {
		test(`is ${told.join(', ') || 'nothing'} where ${when}`, () => {
			const gpus: GpuBox = { inventory: box(2), containers: [], busyBytes: 500 * mib, ...given };
			const state = stateOf(declared, { containers: there, images: cuda });
			const { steps, warnings } = planUp(declared, state, { gpus });
			assert.deepEqual(
				warnings.map(({ code }) => code).filter((code) => code.startsWith('GPU')),
				told,
			);
			const [made] = steps.flatMap(({ operation }) => (operation.type === 'container.create' ? [operation.spec] : []));
			if (has !== undefined) assert.equal(made?.labels[label.gpuIds] ?? 'nothing', has);
			assert.equal(made?.gpus?.hidesAll, hides);
		});
	}
});
