import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { boxEnv, boxFile, down, gpuLab, knowsCdi, relay, whyNoBox } from './gpu-lab.ts';
import { cleanEnvironment, docker, labcPath, type Scenario } from './scenario.ts';
import { openPane, whyNoTmux } from './tmux.ts';

const skip = whyNoBox ?? false;
const one = 'gpus: [{count: 1}]';
const mib = 1024 ** 2;

/** A process on one of the box's GPUs, as nvidia-smi tells of it. */
interface Running {
	readonly gpu: number;
	readonly pid: number;
	readonly memory: number;
}

/** A file of the lab's own with what the tool on the box tells. */
const ownFile = 'box.json';

function tellOf(lab: Scenario, running: readonly Running[]): void {
	const box = JSON.parse(readFileSync(boxFile, 'utf8'));
	for (const { gpu, pid, memory } of running) {
		Object.assign(box.gpus[gpu], { utilisation: 93, temperature: 71, processes: [{ pid, name: 'python3', memory }] });
	}
	lab.write(ownFile, JSON.stringify(box));
}

const pidOf = async (name: string): Promise<number> => Number(await docker('inspect', '-f', '{{.State.Pid}}', name));

const stranger = (...asks: readonly string[]): Promise<string> =>
	docker('run', '-d', ...asks, '--network', 'none', 'busybox:latest', 'sleep', '600');

interface Listed {
	readonly Index: string;
	readonly MemoryUsed: number | null;
	readonly IdleSeconds?: number | null;
	readonly Holders: readonly {
		readonly Kind: string;
		readonly Name: string;
		readonly Project: string | null;
		readonly User: string | null;
		readonly MemoryUsed: number | null;
	}[];
}

async function listed(lab: Scenario, ...words: readonly string[]): Promise<readonly Listed[]> {
	const { stdout, stderr, status } = await lab.labc(...words, '--format', 'json');
	assert.equal(status, 0, stderr);
	return stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
}

describe('who has the GPUs of the box', { skip, concurrency: false }, () => {
	test('is told from a process to its container, project and user, for strangers and the host as well', async () => {
		await using lab = gpuLab(one, { ...boxEnv, FAKE_GPU_BOX: ownFile });
		tellOf(lab, []);
		// Nobody but root can read the layers of the oldest engine.
		const who = (await knowsCdi()) ? { flags: ['--user', '64123'], name: 'uid 64123' } : { flags: [], name: null };
		const id = await stranger('--gpus', 'device=3', ...who.flags);
		try {
			assert.equal((await lab.labc('compose', 'up', '-d')).status, 0);
			const container = `${lab.project}-t-1`;
			tellOf(lab, [
				{ gpu: 0, pid: await pidOf(container), memory: 41_200 },
				{ gpu: 2, pid: process.pid, memory: 700 },
				{ gpu: 3, pid: await pidOf(id), memory: 9000 },
			]);
			const gpus = await listed(lab, 'gpu', 'top');
			assert.deepEqual(
				gpus.map(({ Index, Holders }) => `${Index} ${Holders.map(({ Kind }) => Kind).join()}`),
				['0 container', '1 ', '2 process', '3 container', '4:0 ', '4:1 '],
			);
			const [own, , host, other] = gpus.map(({ Holders }) => Holders[0]);
			assert.deepEqual([own?.Name, own?.Project, own?.MemoryUsed], [container, lab.project, 41_200 * mib]);
			assert.equal(host?.Name, `python3 (process ${process.pid})`);
			assert.deepEqual([other?.User, other?.MemoryUsed, other?.Project], [who.name, 9000 * mib, null]);
			assert.equal(gpus[3]?.IdleSeconds, null);
		} finally {
			await docker('rm', '-f', id);
			await down(lab);
		}
	});

	test('is one table where the output is no terminal, and says what is idle', async () => {
		await using lab = gpuLab(one);
		await lab.labc('compose', 'up', '-d');
		for (const flags of [[], ['--no-stream']]) {
			const { stdout, status } = await lab.labc('gpu', 'top', ...flags);
			assert.equal(status, 0);
			assert.ok(!stdout.includes('\u001b'));
			assert.match(stdout, /^GPU +MODEL +LOAD +USE +MEMORY +TEMP +HELD BY .*IDLE$/m);
			assert.match(stdout, new RegExp(`^0 .* ${lab.project}-t-1 .* now$`, 'm'));
			assert.match(stdout, /^4:1 +FAKE H100 80GB 3g\.40gb .* free$/m);
		}
		await down(lab);
	});

	test('is found through CDI names where there is no nvidia-smi', async (each) => {
		if (!(await knowsCdi())) return each.skip('this engine knows no CDI');
		await using lab = gpuLab('gpus: [{device_ids: ["1"]}]', {});
		await lab.labc('compose', 'up', '-d');
		const gpus = await listed(lab, 'gpu');
		assert.deepEqual(
			gpus.map(({ Index, MemoryUsed, Holders }) => [Index, MemoryUsed, Holders.length]),
			['0', '1', '2', '3', '4:0', '4:1'].map((index) => [index, null, index === '1' ? 1 : 0]),
		);
		await down(lab);
	});

	test('is told of an engine elsewhere by what it tells itself', async () => {
		await using lab = gpuLab('gpus: [{count: 1}]');
		await using far = await relay();
		await lab.labc('compose', 'up', '-d');
		const { stdout, stderr } = await lab.labc('-H', far.host, 'gpu');
		const tells = await knowsCdi();
		if (tells) assert.match(stdout, new RegExp(`^0 .* ${lab.project}-t-1 `, 'm'));
		else assert.match(stderr, /knows nvidia’s runtime and does not tell which GPUs there are/);
		assert.doesNotMatch(stdout, /FAKE H100/);
		const doctor = await lab.labc('-H', far.host, 'doctor');
		assert.match(doctor.stdout, /^skip +driver +the engine runs on another machine$/m);
		await down(lab);
	});

	test('stands in ps, the plan and the labels of the container', async () => {
		await using lab = gpuLab(one);
		const plan = await lab.labc('compose', 'plan', '--steps');
		assert.match(plan.stdout, /gets GPU 0 \(GPU-00000000…\)/);
		await lab.labc('compose', 'up', '-d');
		const [container] = await lab.containers();
		const id = container?.Config.Labels['labc.gpu.ids'] ?? '';
		assert.match(id, /^GPU-00000000-/);
		assert.match((await lab.labc('compose', 'ps')).stdout, /PORTS +GPUS\n.* GPU 0\n/);
		assert.deepEqual(JSON.parse((await lab.labc('compose', 'ps', '--format', 'json')).stdout).GPUs, [id]);
		await down(lab);
	});
});

describe('labc gpu top on a terminal', { skip: whyNoBox ?? whyNoTmux() ?? false }, () => {
	test('changes in place, fits each size and leaves the terminal as it was', async () => {
		await using lab = gpuLab(one);
		await lab.labc('compose', 'up', '-d');
		const env = { ...cleanEnvironment(), ...boxEnv };
		using pane = openPane({ folder: lab.folder, columns: 170, rows: 20, env });
		pane.type('echo before; stty -a > before.txt');
		await pane.shows(/^before$/);
		pane.type(`${labcPath} gpu top`);
		await pane.shows(/^5 GPUs: |^6 GPUs: .* q ends$/);
		await pane.shows(new RegExp(`^0 .*${lab.project}-t-1 .* \\d+s ago .* \\d+s$`));
		pane.resize(120, 20);
		await pane.shows(/^GPU .*USE +MEMORY +TEMP +HELD BY .*PROJECT +USER +SINCE +IDLE$/);
		pane.resize(60, 8);
		await pane.shows(/^… and 2 more$/);
		assert.ok(!pane.screen().some((line) => line.includes('before')));
		// High enough for what a slow machine has said before the first picture.
		pane.resize(120, 20);
		await pane.shows(/^4:1 /);
		pane.press('q');
		await pane.waitsAt(/outside\$$/);
		pane.type('stty -a > after.txt; echo status $?');
		await pane.shows(/^status 0$/);
		assert.ok(pane.screen().some((line) => line === 'before'));
		const [before, after] = ['before.txt', 'after.txt'].map((file) =>
			readFileSync(path.join(lab.folder, file), 'utf8'),
		);
		assert.equal(after?.replace(/rows .*;/, ''), before?.replace(/rows .*;/, ''));
		await down(lab);
	});

	test('goes on where the engine or nvidia-smi does not answer for a while, and says so', async () => {
		await using lab = gpuLab(one, { ...boxEnv, FAKE_GPU_BOX: ownFile });
		tellOf(lab, []);
		const socket = path.join(lab.folder, 'engine.sock');
		await using engine = await relay(socket);
		const env = { ...cleanEnvironment(), ...boxEnv, FAKE_GPU_BOX: path.join(lab.folder, ownFile) };
		using pane = openPane({ folder: lab.folder, columns: 120, rows: 20, env });
		pane.type(`${labcPath} -H ${engine.host} gpu top`);
		await pane.shows(/^5 GPUs: |^6 GPUs: .* q ends$/);
		await engine[Symbol.asyncDispose]();
		await pane.shows(/^seen \d+s ago: no engine answers at /);
		assert.ok(pane.screen().some((line) => /^0 .* free$/.test(line)));
		await using _again = await relay(socket);
		lab.write(ownFile, 'it is being written');
		await pane.shows(/^seen \d+s ago: nvidia-smi does not tell /);
		tellOf(lab, [{ gpu: 0, pid: process.pid, memory: 700 }]);
		await pane.shows(/^0 .* 93 % .* python3 /);
		assert.ok(!pane.screen().some((line) => line.includes('nvidia-smi does not tell')));
		pane.press('q');
		await pane.waitsAt(/outside\$$/);
	});
});

describe('labc doctor', { skip }, () => {
	test('finds the old toolkit of the box and nothing else wrong, and ends with 1', async () => {
		await using lab = gpuLab(one);
		const cdi = await knowsCdi();
		const { status, stdout } = await lab.labc('doctor', '--format', 'json');
		const found = stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		const statuses = Object.fromEntries(found.map(({ Check, Status }) => [Check, Status]));
		assert.deepEqual(
			[statuses['engine'], statuses['driver'], statuses['toolkit'], statuses['CDI']],
			[cdi ? 'ok' : 'warn', 'ok', 'fail', cdi ? 'ok' : 'skip'],
		);
		assert.match(found.find(({ Check }) => Check === 'toolkit').Summary, /CVE-2025-23266/);
		assert.equal(status, 1);
	});

	test('names containers with GPUs and too little shared memory, unless labc chose how much', async () => {
		await using lab = gpuLab(one);
		await lab.labc('compose', 'up', '-d');
		assert.match((await lab.labc('doctor')).stdout, new RegExp(`warn +shm .*${lab.project}-t-1: GPUs, and 64 MB`));
		const file = readFileSync(path.join(lab.folder, 'compose.yml'), 'utf8');
		writeFileSync(path.join(lab.folder, 'compose.yml'), `${file}    x-labc: {shm: auto}\n`);
		const again = await lab.labc('compose', 'up', '-d');
		assert.doesNotMatch(again.stderr, /dev\/shm/);
		assert.match((await lab.labc('compose', 'ps', '--drift')).stdout, /No drift/);
		assert.doesNotMatch((await lab.labc('doctor')).stdout, new RegExp(`${lab.project}-t-1`));
		const size = await docker('inspect', '-f', '{{.HostConfig.ShmSize}}', `${lab.project}-t-1`);
		const ofMachine = Number(await docker('info', '-f', '{{.MemTotal}}'));
		assert.equal(Number(size), Math.min(8 * 1024 * mib, Math.floor(ofMachine / 512 / mib) * 256 * mib));
		await down(lab);
	});
});
