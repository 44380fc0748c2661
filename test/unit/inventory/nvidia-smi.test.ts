import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { readSmi } from '../../../src/inventory/nvidia-smi.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'labc-smi-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Asks a tool that is this shell script. */
async function ask(script: string): Promise<string> {
	const file = path.join(folder, 'nvidia-smi');
	writeFileSync(file, `#!/bin/sh\n${script}\n`);
	chmodSync(file, 0o755);
	const found = await readSmi({ env: { PATH: folder }, signal: new AbortController().signal });
	return found === undefined ? 'none' : found.gpus.map(({ id }) => id).join(' ');
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
	{ when: 'somebody ends it', script: 'kill -9 $$', is: /does not tell which GPUs are free/ },
];

describe('nvidia-smi', { concurrency: false }, () => {
	for (const { when, script, is } of cases) {
		test(`is understood when ${when}`, async () => {
			if (typeof is === 'string') assert.equal((await ask(script)).replace('none', is === '' ? '' : 'none'), is);
			else await assert.rejects(ask(script), { code: 'GPU_UNAVAILABLE', message: is });
		});
	}
});
