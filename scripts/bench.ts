/**
 * `npm run bench`: labc against docker compose, the same work by turns (A B A B …) in one run, since machines are
 * noisy and only paired ratios say something. Needs `dist/labc`, docker compose and, for what touches containers, an
 * engine with the test image (`sh scripts/base-image.sh busybox`).
 *
 *   node scripts/bench.ts [--rounds N] [--only REGEX]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

interface Benchmark {
	readonly name: string;
	readonly services: number;
	readonly args: readonly string[];
	/** Run before the rounds, and after them, with docker compose. */
	readonly before?: readonly string[];
	readonly after?: readonly string[];
}

const up = { before: ['up', '-d'], after: ['down', '-t', '0'] };
const benchmarks: readonly Benchmark[] = [
	{ name: 'version', services: 1, args: ['version'] },
	{ name: 'config -q', services: 1, args: ['config', '-q'] },
	{ name: 'config -q', services: 10, args: ['config', '-q'] },
	{ name: 'config -q', services: 50, args: ['config', '-q'] },
	{ name: 'ps', services: 10, args: ['ps'], ...up },
	{ name: 'up -d, no change', services: 10, args: ['up', '-d'], ...up },
];

const { values } = parseArgs({
	options: { rounds: { type: 'string', default: '15' }, only: { type: 'string', default: '' } },
});
const rounds = Number(values.rounds);
const labc = [path.resolve('dist/labc'), 'compose'];
const dockerCompose = findDockerCompose();
if (!existsSync('dist/labc')) stop('dist/labc is missing: run `npm run build` first');
if (dockerCompose === undefined) stop('docker compose is not installed: there is nothing to compare with');
if (!Number.isInteger(rounds) || rounds < 3) stop('--rounds takes a whole number from 3');

process.stdout.write(
	`${rounds} pairs each; milliseconds are medians; ratio = labc / docker compose, median (10 % … 90 %)\n`,
);
process.stdout.write('work                      labc  docker compose  ratio\n');
for (const benchmark of benchmarks) {
	if (new RegExp(values.only).test(benchmark.name)) measure(benchmark, [dockerCompose]);
}

function measure(benchmark: Benchmark, reference: readonly string[]): void {
	const folder = project(benchmark.services);
	try {
		if (benchmark.before !== undefined) time([...reference, ...benchmark.before], folder);
		const pairs = Array.from({ length: rounds + 1 }, (_, round) =>
			pair(benchmark.args, { reference, folder, labcFirst: round % 2 === 0 }),
		);
		print(benchmark, pairs.slice(1)); // the first pair warms the page cache
	} finally {
		if (benchmark.after !== undefined) time([...reference, ...benchmark.after], folder);
		rmSync(folder, { recursive: true });
	}
}

interface Pair {
	readonly labc: number;
	readonly reference: number;
}

/** Who goes first changes from round to round, so that neither always finds the caches warm. */
function pair(
	args: readonly string[],
	{ reference, folder, labcFirst }: { reference: readonly string[]; folder: string; labcFirst: boolean },
): Pair {
	const timeLabc = () => time([...labc, ...args], folder);
	const timeReference = () => time([...reference, ...args], folder);
	if (labcFirst) return { labc: timeLabc(), reference: timeReference() };
	const first = timeReference();
	return { labc: timeLabc(), reference: first };
}

function time([command = '', ...args]: readonly string[], cwd: string): number {
	const start = performance.now();
	const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
	const milliseconds = performance.now() - start;
	if (status !== 0) stop(`\`${path.basename(command)} ${args.join(' ')}\` failed:\n${stderr}`);
	return milliseconds;
}

function print({ name, services }: Benchmark, pairs: readonly Pair[]): void {
	const ratios = pairs.map((each) => each.labc / each.reference);
	const cells = [
		`${name}, N = ${services}`.padEnd(24),
		quantile(
			pairs.map((each) => each.labc),
			0.5,
		)
			.toFixed(0)
			.padStart(5),
		quantile(
			pairs.map((each) => each.reference),
			0.5,
		)
			.toFixed(0)
			.padStart(15),
		` ${quantile(ratios, 0.5).toFixed(2)} (${quantile(ratios, 0.1).toFixed(2)} … ${quantile(ratios, 0.9).toFixed(2)})`,
	];
	process.stdout.write(`${cells.join(' ')}\n`);
}

function quantile(numbers: readonly number[], share: number): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A folder with a project of `count` services that only sleep. */
function project(count: number): string {
	const folder = path.join(mkdtempSync(path.join(tmpdir(), 'labc-bench-')), `labcbench${count}`);
	const services = Array.from({ length: count }, (_, index) =>
		[
			`  s${index}:`,
			'    image: labc/busybox:latest',
			'    command: [sleep, infinity]',
			'    stop_grace_period: 0s',
			'    environment:',
			`      INDEX: "${index}"`,
		].join('\n'),
	);
	mkdirSync(folder);
	writeFileSync(path.join(folder, 'compose.yaml'), `services:\n${services.join('\n')}\n`);
	return folder;
}

function findDockerCompose(): string | undefined {
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

function stop(reason: string): never {
	process.stderr.write(`${reason}\n`);
	process.exit(1);
}
