import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Project } from '../../../src/model/project.ts';
import { readSavedPlan } from '../../../src/plan/saved-plan.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import type { BringUpOptions } from '../../../src/use-cases/bring-up-options.ts';
import { lookAhead } from '../../../src/use-cases/preview-up.ts';
import { followPlan, savePlan } from '../../../src/use-cases/save-plan.ts';
import { box, gpu, mib, uuid } from '../../support/gpu-cases.ts';
import { gpuToolsOver } from '../../support/gpu-tools.ts';
import { project, service } from '../../support/plan-cases.ts';
import { type Bench, bench } from '../../support/run-tools.ts';

const images = { app: {} };
const stack = (environment: Readonly<Record<string, string>> = { MODE: 'a' }): Project =>
	project({ services: { db: service(), web: service({ environment }) } });
const changed = stack({ MODE: 'b', PASSWORD: 'hunter2' });

async function saved(of: Project, tools: Bench, options: BringUpOptions = {}): Promise<string> {
	return savePlan(of, await lookAhead(of, tools, options), options);
}

async function upBench(): Promise<Bench> {
	const tools = bench({ images });
	await bringUp(stack(), tools, {});
	tools.takeWrites();
	return tools;
}

async function follow(of: Project, text: string, tools: Bench): Promise<void> {
	await bringUp(of, tools, await followPlan(of, readSavedPlan(text, 'p.json'), tools));
}

describe('a saved plan', () => {
	test('is carried out as it was saved, once', async () => {
		const tools = await upBench();
		const text = await saved(changed, tools);
		await follow(changed, text, tools);
		assert.ok(tools.takeWrites().some((call) => call.startsWith('createContainer')));
		await assert.rejects(follow(changed, text, tools), { code: 'PLAN_OUTDATED', message: /container lab-web-1: / });
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('keeps the options it was made with', async () => {
		const tools = await upBench();
		const options = { services: ['db'], recreate: 'force', noDeps: true, scale: new Map([['db', 2]]) } as const;
		await follow(stack(), await saved(stack(), tools, options), tools);
		assert.deepEqual(Object.keys(tools.states()).sort(), ['lab-db-1', 'lab-db-2', 'lab-web-1']);
	});

	const withVolume = (volume: object): Project =>
		project({
			services: { db: service({ volumes: [{ type: 'volume', source: 'data', target: '/data' }] }) },
			volumes: { data: { name: 'lab_data', ...volume } },
		});
	const recreations: readonly { readonly when: string; readonly options: BringUpOptions; readonly is: boolean }[] = [
		{ when: 'that was agreed to', options: { recreateVolumes: 'all' }, is: true },
		{ when: 'nobody agreed', options: {}, is: false },
	];
	for (const { when, options, is } of recreations) {
		test(`recreates ${is ? 'a' : 'no'} volume where ${when}, and asks nobody`, async () => {
			const tools = bench({ images, answer: true });
			const other = withVolume({ driver: 'nfs' });
			await bringUp(withVolume({}), tools, {});
			const text = await saved(other, tools, options);
			tools.takeWrites();
			await follow(other, text, tools);
			assert.equal(tools.takeWrites().includes('removeVolume lab_data'), is);
			assert.deepEqual(tools.questions, []);
		});
	}

	test('holds no value of the file and no definition', async () => {
		const tools = await upBench();
		const text = await saved(changed, tools);
		assert.doesNotMatch(text, /hunter2|PASSWORD|MODE|Env|environment/);
	});

	const moves: readonly {
		readonly when: string;
		readonly move: (tools: Bench) => Promise<void>;
		readonly says: RegExp;
		readonly of?: Project;
	}[] = [
		{
			when: 'the file says something else by now',
			move: async () => undefined,
			of: stack({ MODE: 'c' }),
			says: /service web: declared otherwise/,
		},
		{
			when: 'a container was stopped',
			move: (tools) => tools.engine.stopContainer('lab-db-1'),
			says: /container lab-db-1: \w+ running → \w+ exited/,
		},
		{
			when: 'a container is gone',
			move: (tools) => tools.engine.removeContainer('lab-db-1', { force: true, volumes: false }),
			says: /container lab-db-1: \w+ running → \(not there\)/,
		},
		{
			when: 'an image was built anew',
			move: async ({ engine }) => {
				const old = engine.world.images.get('app:latest') ?? engine.world.images.get('app');
				assert.ok(old !== undefined);
				for (const name of engine.world.images.keys()) engine.world.images.set(name, { ...old, id: 'sha256:new' });
			},
			says: /image app: .* → sha256:new/,
		},
	];
	for (const { when, move, says, of = changed } of moves) {
		test(`is refused, and nothing is written, when ${when}`, async () => {
			const tools = await upBench();
			const text = await saved(changed, tools);
			await move(tools);
			tools.takeWrites();
			await assert.rejects(follow(of, text, tools), { code: 'PLAN_OUTDATED', message: says });
			assert.deepEqual(tools.takeWrites(), []);
		});
	}

	test('is refused when a volume was made again by hand, with the same labels', async () => {
		const volume = { name: 'lab_data' };
		const of = project({ services: { db: service() }, volumes: { data: volume } });
		const tools = bench({ images });
		const { labels } = await tools.engine.createVolume(volume, { 'com.docker.compose.project': 'lab' });
		const text = await saved(of, tools);
		await tools.engine.removeVolume(volume.name);
		await tools.engine.createVolume(volume, labels);
		tools.takeWrites();
		const says = /more: volume lab_data: \w+ made \w+ → \w+ made \w+$/;
		await assert.rejects(follow(of, text, tools), { code: 'PLAN_OUTDATED', message: says });
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('is refused when a container would get another GPU than was shown, and keeps how GPUs are given out', async () => {
		const trains = project({ services: { t: service({ gpus: [{ count: 1 }], networks: {}, network_mode: 'none' }) } });
		const busy = new Set<number>();
		const used = { processes: [{ pid: 7, program: 'x', memory: 600 * mib }] };
		const look = () => box([0, 1].map((index) => gpu(index, busy.has(index) ? used : {})));
		const at = bench({ images });
		const tools = { ...at, gpus: gpuToolsOver(at.engine, look) };
		const text = await saved(trains, tools);
		const without = await saved(trains, tools, { gpuMode: 'none' });
		busy.add(0);
		const says = new RegExp(`more: GPUs of container lab-t-1: ${uuid(0)} → ${uuid(1)}$`);
		await assert.rejects(follow(trains, text, tools), { code: 'PLAN_OUTDATED', message: says });
		assert.deepEqual(tools.takeWrites(), []);
		await follow(trains, without, tools);
		const [made] = await tools.engine.listContainers([]);
		assert.equal(made?.labels['labc.gpu.ids'], 'none');
	});

	test('is refused for another project', async () => {
		const tools = await upBench();
		const text = await saved(changed, tools);
		await assert.rejects(follow({ ...changed, name: 'other' }, text, tools), {
			code: 'PLAN_INVALID',
			hint: 'Give `-p lab`, or name the files that it was made from.',
			message: /`lab`/,
		});
	});

	test('is not saved while an image is still to be pulled', async () => {
		const tools = bench();
		await assert.rejects(saved(stack(), tools), { code: 'PLAN_OPEN', message: /image\.pull/ });
		assert.deepEqual(tools.takeWrites(), []);
	});

	const damages: readonly {
		readonly when: string;
		readonly damage: (text: string) => string;
		readonly says: RegExp;
	}[] = [
		{
			when: 'a step was changed',
			damage: (text) => text.replace('container.stop', 'container.kill'),
			says: /was changed/,
		},
		{ when: 'its end is missing', damage: (text) => text.slice(0, -20), says: /no plan of labc/ },
		{ when: 'it is something else', damage: () => '{"steps":[]}', says: /no plan of labc/ },
		{ when: 'it is a list', damage: () => '[]', says: /no plan of labc/ },
		{
			when: 'an older version made it',
			damage: (text) => text.replace('"form": 2', '"form": 1'),
			says: /another version/,
		},
		{ when: 'its sum is gone', damage: (text) => text.replace(/,\n {2}"sum": "\w+"/, ''), says: /was changed/ },
	];
	for (const { when, damage, says } of damages) {
		test(`is refused when ${when}`, async () => {
			const text = damage(await saved(changed, await upBench()));
			assert.throws(() => readSavedPlan(text, 'p.json'), { code: 'PLAN_INVALID', message: says });
		});
	}
});
