import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { Probe } from './probes.ts';

/** What a tool reads in a text: the project, or nothing where it refuses it. */
type Reading = string | undefined;

export interface Difference {
	readonly name: string;
	readonly dockerCompose: string;
	readonly labc: string;
}

export interface Tools {
	readonly dockerCompose: readonly string[];
	readonly labc: readonly string[];
}

/** Gives each text to both tools, and tells where they read different things or only one of them refuses it. */
export async function compareYaml(probes: readonly Probe[], tools: Tools): Promise<readonly Difference[]> {
	const expected = await readAll(probes, tools.dockerCompose);
	const actual = await readAll(probes, tools.labc);
	return probes.flatMap(({ name }, index) => {
		const [dockerCompose, labc] = [expected[index], actual[index]].map((reading) => reading ?? 'refused');
		return dockerCompose === labc ? [] : [{ name, dockerCompose: dockerCompose ?? '', labc: labc ?? '' }];
	});
}

/** Some at a time; a text that is refused takes as long as one that is read. */
async function readAll(probes: readonly Probe[], tool: readonly string[]): Promise<readonly Reading[]> {
	const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-yaml-')));
	const readings: Reading[] = [];
	const waiting = probes.entries();
	const work = async (): Promise<void> => {
		for (const [index, { bytes }] of waiting) readings[index] = await read(bytes, tool, folder);
	};
	try {
		await Promise.all(Array.from({ length: availableParallelism() }, work));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	return readings;
}

function read(bytes: Uint8Array, [program = '', ...words]: readonly string[], cwd: string): Promise<Reading> {
	const args = [...words, '-p', 'p', '-f', '-', 'config', '--format', 'json'];
	const child = spawn(program, args, {
		cwd,
		env: { PATH: process.env['PATH'] ?? '', HOME: cwd, LABC_CACHE: 'off' },
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	child.stdin.on('error', () => undefined); // a tool that does not read its input to the end
	child.stdin.end(bytes);
	return new Promise((resolve, reject) => {
		child.on('error', reject).on('close', (status) => resolve(status === 0 ? output.replaceAll(cwd, '/p') : undefined));
	});
}
