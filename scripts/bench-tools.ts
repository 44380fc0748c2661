/** What the programs that measure labc against docker compose share. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Milliseconds that a command takes; one that fails ends the program. */
export function time(
	[command = '', ...args]: readonly string[],
	cwd: string,
	env: Readonly<Record<string, string>> = {},
): number {
	const environment = { ...process.env, ...env };
	const start = performance.now();
	const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: environment });
	const milliseconds = performance.now() - start;
	if (status !== 0) stop(`\`${path.basename(command)} ${args.join(' ')}\` failed:\n${stderr}`);
	return milliseconds;
}

/** A pair of times for the same work, one after the other. */
export interface Pair {
	readonly labc: number;
	readonly reference: number;
}

/** `cold up, N = 10     512     530  0.97 (0.93 … 1.02)`: medians, and the median and spread of the paired ratios. */
export function pairLine(title: string, pairs: readonly Pair[]): string {
	const ratios = pairs.map((each) => each.labc / each.reference);
	const median = (numbers: readonly number[]): string => quantile(numbers, 0.5).toFixed(0);
	return [
		title.slice(0, nameWidth).padEnd(nameWidth),
		median(pairs.map((each) => each.labc)).padStart(5),
		median(pairs.map((each) => each.reference)).padStart(15),
		` ${quantile(ratios, 0.5).toFixed(2)} (${quantile(ratios, 0.1).toFixed(2)} … ${quantile(ratios, 0.9).toFixed(2)})`,
	].join(' ');
}

export const nameWidth = 48;

export const heading = `${'work'.padEnd(nameWidth)}  labc  docker compose  ratio\n`;

function quantile(numbers: readonly number[], share: number): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function requireTestImage(): void {
	if (spawnSync('docker', ['image', 'inspect', 'labc/busybox:latest']).status === 0) return;
	stop('the test image is missing: run `sh scripts/engine.sh start` and `sh scripts/base-image.sh busybox`');
}

export function findDockerCompose(): string | undefined {
	const folders = [
		path.join(homedir(), '.docker/cli-plugins'),
		'/usr/local/lib/docker/cli-plugins',
		'/usr/local/libexec/docker/cli-plugins',
		'/usr/lib/docker/cli-plugins',
		'/usr/libexec/docker/cli-plugins',
		...(process.env['PATH'] ?? '').split(':'),
	];
	return folders.map((folder) => path.join(folder, 'docker-compose')).find((file) => existsSync(file));
}

export function stop(reason: string): never {
	process.stderr.write(`${reason}\n`);
	process.exit(1);
}
