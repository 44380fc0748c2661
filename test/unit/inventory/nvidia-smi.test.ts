import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { readSmi } from '../../../src/inventory/nvidia-smi.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'labc-smi-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Asks a tool that is this shell script. */
async function ask(script: string, onSlow?: () => void): Promise<string> {
	const file = path.join(folder, 'nvidia-smi');
	writeFileSync(file, `#!/bin/sh\n${script}\n`);
	chmodSync(file, 0o755);
	const found = await readSmi({
		env: { PATH: folder },
		signal: new AbortController().signal,
		...(onSlow && { onSlow }),
	});
	return found === undefined || found === 'none'
		? String(found ?? 'no tool')
		: found.gpus.map(({ id }) => id).join(' ');
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

const row = '1, GPU-b, H100, 100, 0, 0, 30, Disabled, 570.1';
const told = `case "$1" in --query-gpu*) echo "${row}";; esac`;

const cases: readonly { readonly when: string; readonly script: string; readonly is: string | RegExp }[] = [
	{ when: 'it tells of one', script: told, is: 'GPU-b' },
	{ when: 'it finds no card', script: 'echo No devices were found; exit 6', is: 'none' },
	{ when: 'no driver is loaded', script: 'echo NVIDIA-SMI has failed; exit 9', is: 'none' },
	{ when: 'the library is missing', script: 'exit 12', is: 'none' },
	{ when: 'it finds none and says nothing', script: 'exit 0', is: '' },
	{
		when: 'a card is lost beside others',
		script: `echo Unable to determine the device handle; ${told}; exit 15`,
		is: 'GPU-b',
	},
	{ when: 'a card warns of itself', script: `${told}; echo WARNING: infoROM is corrupted; exit 14`, is: 'GPU-b' },
	{ when: 'every card is lost', script: 'echo Unable to determine; exit 15', is: /are free: Unable to determine/ },
	{
		when: 'driver and library differ',
		script: 'echo Failed to initialize NVML >&2; exit 255',
		is: /Failed to initialize/,
	},
	{
		when: 'it does not tell who uses the GPUs',
		script: `${told}; case "$1" in --query-compute-apps*) echo Insufficient Permissions; exit 4;; esac`,
		is: /does not tell which GPUs are free: Insufficient Permissions/,
	},
	{ when: 'somebody ends it', script: 'kill -9 $$', is: /does not tell which GPUs are free/ },
];

describe('nvidia-smi', { concurrency: false }, () => {
	test('is asked for slices only where a GPU is cut, and for nothing twice', async () => {
		const log = path.join(folder, 'asked');
		const each = `echo "\${1%%=*}" >>${log}`;
		await ask(`${each}; ${told}`);
		assert.deepEqual(readFileSync(log, 'utf8').trim().split('\n').sort(), ['--query-compute-apps', '--query-gpu']);
		rmSync(log);
		await ask(`${each}; ${told.replace('Disabled', 'Enabled')}`);
		assert.deepEqual(readFileSync(log, 'utf8').trim().split('\n').sort(), [
			'--query-compute-apps',
			'--query-gpu',
			'-L',
		]);
	});

	test('leaves no call behind where another failed', async () => {
		const pids = path.join(folder, 'pids');
		const waits = `i=0; while [ ! -s ${pids} ] && [ $i -lt 200 ]; do /bin/sleep 0.1; i=$((i + 1)); done`;
		const script = `case "$1" in --query-gpu*) ${waits}; kill -9 $$;; *) echo $$ >${pids}; exec /bin/sleep 600;; esac`;
		await assert.rejects(ask(script), { code: 'GPU_UNAVAILABLE' });
		const pid = Number(readFileSync(pids, 'utf8'));
		for (let looks = 0; isAlive(pid) && looks < 200; looks += 1)
			await new Promise((resolve) => setTimeout(resolve, 50));
		assert.equal(isAlive(pid), false);
	});

	test('is told to be slow where it lets a person wait', async () => {
		const marker = path.join(folder, 'told');
		const waiting = `i=0; while [ ! -e ${marker} ] && [ $i -lt 200 ]; do /bin/sleep 0.1; i=$((i + 1)); done`;
		let calls = 0;
		const found = await ask(`${waiting}; ${told}`, () => {
			calls += 1;
			writeFileSync(marker, '');
		});
		assert.deepEqual([found, calls], ['GPU-b', 1]);
	});

	for (const { when, script, is } of cases) {
		test(`is understood when ${when}`, async () => {
			if (typeof is === 'string') assert.equal((await ask(script)).replace('none', is === '' ? '' : 'none'), is);
			else await assert.rejects(ask(script), { code: 'GPU_UNAVAILABLE', message: is });
		});
	}
});
