import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GpuProcess } from '../../../src/gpu/inventory.ts';
import { queueOn } from '../../../src/queue/queue.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { runService } from '../../../src/use-cases/run-service.ts';
import { box, gpu, mib } from '../../support/gpu-cases.ts';
import { hostConfigOf } from '../../support/gpu-process.ts';
import { gpuToolsOver } from '../../support/gpu-tools.ts';
import { end } from '../../support/in-memory/container-life.ts';
import { image, needs, project, service } from '../../support/plan-cases.ts';
import { runRequestFor } from '../../support/run-requests.ts';
import { bench, until } from '../../support/run-tools.ts';
import { unlocked } from '../../support/unlocked.ts';

const alone = { networks: {}, network_mode: 'none' } as const;
const server = service({
	gpus: [{ count: 1 }],
	...alone,
	depends_on: { prep: needs('service_completed_successfully') },
});
const lab = project({ services: { prep: service({ ...alone }), t: server } });

/** A machine with one GPU, on which `prep` runs until `finish` is called; what is held when is written down. */
function machine() {
	let processes: readonly GpuProcess[] = [];
	const bare = bench({ images: { app: image() } });
	const inspectContainer: typeof bare.engine.inspectContainer = async (id) => {
		const found = bare.engine.world.containers.get(id);
		return { ...(await bare.engine.inspectContainer(id)), ...(found && { hostConfig: hostConfigOf(found.spec) }) };
	};
	const used = { ...bare, engine: { ...bare.engine, inspectContainer } };
	const held = new Set<string>();
	const look = () => box([gpu(0, { processes })]);
	const tools = {
		...used,
		gpus: gpuToolsOver(used.engine, look),
		async withLock<T>(name: string, work: Parameters<typeof unlocked<T>>[1]): Promise<T> {
			held.add(name);
			return unlocked(name, work).finally(() => held.delete(name));
		},
	};
	const prep = () => [...used.engine.world.containers.values()].find(({ name }) => name === 'lab-prep-1');
	return {
		tools,
		held,
		prepRuns: () => until(() => prep()?.state === 'running' && !held.has('engine.gpus')),
		finish(status = 0) {
			const running = prep();
			assert.ok(running !== undefined);
			end(used.engine.world, running, status);
		},
		taken() {
			processes = [{ pid: 7, program: 'stranger', memory: 600 * mib }];
		},
		/** Those of another process. */
		others: () => ({ ...tools, gpus: gpuToolsOver(used.engine, look) }),
		volumes: () => [...used.engine.world.volumes.keys()],
	};
}

const reservedFor = (at: ReturnType<typeof machine>) =>
	queueOn({ engine: at.tools.engine, breaksUnknown: false })
		.reserved()
		.then((all) => all.flatMap(({ project: of, holds }) => (holds ?? []).map(({ key }) => `${of} ${key}`)));

describe('what is given out', () => {
	test('is reserved, and nobody is kept from choosing, while its container waits for something', async () => {
		const at = machine();
		const up = bringUp(lab, at.tools, {});
		await at.prepRuns();
		assert.deepEqual([...at.held], ['lab']);
		assert.deepEqual(await reservedFor(at), ['lab t-1']);
		await assert.rejects(bringUp({ ...lab, name: 'other' }, at.others(), {}), {
			code: 'GPU_UNAVAILABLE',
			message: /GPU 0 .*: t-1, which is about to start, project lab, user/,
		});
		at.finish();
		await up;
		assert.equal(at.tools.states()['lab-t-1'], 'running');
		assert.deepEqual(at.volumes(), []);
	});

	test('is looked at once more where its container has waited: a stranger asks nobody', async () => {
		const at = machine();
		const up = bringUp(lab, at.tools, {});
		await at.prepRuns();
		at.taken();
		at.finish();
		await assert.rejects(up, {
			code: 'GPU_UNAVAILABLE',
			message:
				/^somebody took GPUs while `t-1` waited for what it depends on: .*\n {2}GPU 0 .*: stranger \(process 7\)/,
			hint: /^Run the command again/,
		});
		assert.equal(at.tools.states()['lab-t-1'], 'created');
		assert.deepEqual(at.volumes(), []);
	});

	test('is not taken back by one whose replacement did not come up, where a stranger has it by then', async () => {
		const at = machine();
		const first = bringUp(lab, at.tools, {});
		await at.prepRuns();
		at.finish();
		await first;
		const again = bringUp(lab, at.tools, { recreate: 'force' });
		await at.prepRuns();
		at.taken();
		at.finish();
		await assert.rejects(again, { code: 'GPU_UNAVAILABLE' });
		assert.equal(at.tools.states()['lab-t-1'], 'exited');
		assert.deepEqual(at.volumes(), []);
	});

	test('is reserved for a one-off until it runs', async () => {
		const at = machine();
		const request = runRequestFor('t', server, { detach: true });
		const heard = { out: async () => undefined, err: async () => undefined, outClosed: new AbortController().signal };
		const input = { read: async () => undefined };
		const terminal = {
			size: () => ({ columns: 80, rows: 24 }),
			onResize: () => undefined,
			enterRawMode: () => Promise.reject(new Error('none')),
		};
		const run = runService(lab, at.tools, { request, console: { ...heard, input, terminal } });
		await at.prepRuns();
		assert.deepEqual(await reservedFor(at), ['lab t (one-off)']);
		at.finish();
		assert.equal(await run, 0);
		assert.deepEqual(at.volumes(), []);
	});

	test('is given back where what it waits for fails', async () => {
		const at = machine();
		const up = bringUp(lab, at.tools, {});
		await at.prepRuns();
		at.finish(3);
		await assert.rejects(up, { code: 'CONTAINER_EXITED' });
		assert.deepEqual(at.volumes(), []);
	});
});
