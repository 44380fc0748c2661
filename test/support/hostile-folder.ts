import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { HostileInput } from './hostile-inputs.ts';
import { type MeasuredRun, measuredRun } from './measured-run.ts';

export interface Attack {
	readonly labc: string;
	readonly timeoutMs: number;
}

/** Lets `labc compose config -q` read the input, in a folder of its own, as if it had never seen it. */
export async function attack(input: HostileInput, { labc, timeoutMs }: Attack): Promise<MeasuredRun> {
	const folder = mkdtempSync(path.join(tmpdir(), 'labc-hostile-'));
	try {
		for (const [name, content] of Object.entries(input.files())) write(path.join(folder, name), content);
		return await measuredRun(labc, ['compose', ...(input.args ?? []), 'config', '-q'], {
			cwd: folder,
			env: { HOME: folder },
			timeoutMs,
		});
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function write(file: string, content: string | Uint8Array): void {
	mkdirSync(path.dirname(file), { recursive: true });
	if (file.endsWith('|')) execFileSync('sh', ['-c', 'mkfifo "$0"', file.slice(0, -1)]);
	else writeFileSync(file, content);
}
