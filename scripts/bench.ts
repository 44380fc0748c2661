/**
 * `npm run bench`: labc against docker compose, the same work by turns (A B A B …) in one run, since machines are
 * noisy and only paired ratios say something. Needs `dist/labc`, docker compose and, for what touches containers, an
 * engine with the test image (`sh scripts/base-image.sh busybox`).
 *
 *   node scripts/bench.ts [--rounds N] [--only REGEX] [--corpus DIR]
 *
 * `--corpus` adds the five largest Compose files below DIR that docker compose accepts. What 1000 services take is
 * measured last, without a counterpart: docker compose needs minutes for some of it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measuredRun } from '../test/support/measured-run.ts';
import {
	findDockerCompose,
	heading,
	nameWidth,
	type Pair,
	pairLine,
	requireTestImage,
	stop,
	time,
} from './bench-tools.ts';

interface Benchmark {
	readonly name: string;
	/** A project of so many services is made; or the Compose file that is read where it is. */
	readonly subject: number | string;
	readonly args: readonly string[];
	/** What labc finds of its parsed trees: none of this file, those of the round before, or it must do without. */
	readonly cache?: Cache;
	/** Run before the rounds, and after them, with docker compose. */
	readonly before?: readonly string[];
	readonly after?: readonly string[];
}

/** Which earlier services each of a thousand depends on. */
const shapes: Readonly<Record<string, (index: number) => readonly number[]>> = {
	independent: () => [],
	chain: (index) => [index - 1],
	'dense, 10 each': (index) => Array.from({ length: 10 }, (_, nth) => index - 1 - nth),
};
const up = { before: ['up', '-d'], after: ['down', '-t', '0'] };
const caches = ['first', 'again', 'off'] as const;
type Cache = (typeof caches)[number];

/** `config -q` of one project in each state of the cache. */
const configOf = (subject: number | string): readonly Benchmark[] =>
	caches.map((cache) => {
		const args = typeof subject === 'string' ? ['-f', subject, 'config', '-q'] : ['config', '-q'];
		return { name: `config -q, ${cache}`, subject, args, cache };
	});

const { values } = parseArgs({
	options: {
		rounds: { type: 'string', default: '15' },
		only: { type: 'string', default: '' },
		corpus: { type: 'string' },
	},
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
process.stdout.write(heading);
for (const benchmark of benchmarksWith(dockerCompose)) {
	if (new RegExp(values.only).test(titleOf(benchmark))) measure(benchmark, [dockerCompose]);
}
if (new RegExp(values.only).test('1000 services')) await measureScale();

function benchmarksWith(reference: string): readonly Benchmark[] {
	return [
		{ name: 'version', subject: 1, args: ['version'] },
		...[1, 10, 50].flatMap(configOf),
		...largestFiles(reference).flatMap(configOf),
		...[10, 50].flatMap((subject) => [
			{ name: 'ps', subject, args: ['ps'], ...up },
			{ name: 'up -d, no change', subject, args: ['up', '-d'], ...up },
		]),
	];
}

/** Of the files given, those that docker compose accepts: what is refused early says nothing about reading. */
function largestFiles(reference: string): readonly string[] {
	if (values.corpus === undefined) return [];
	const files = globSync(`${path.resolve(values.corpus)}/**/*.{yml,yaml}`)
		.map((file) => ({ file, size: statSync(file).size }))
		.sort((a, b) => b.size - a.size);
	const accepted: string[] = [];
	for (const { file } of files) {
		if (accepted.length === 5) break;
		const { status } = spawnSync(reference, ['-f', file, 'config', '-q'], { timeout: 10_000 });
		if (status === 0) accepted.push(file);
	}
	return accepted;
}

/** Best of three, since the work is long enough, and the peak of memory as the kernel has it. */
async function measureScale(): Promise<void> {
	process.stdout.write(`\n${'1000 services'.padEnd(nameWidth)}  first  again   MiB\n`);
	for (const [shape, needs] of Object.entries(shapes)) {
		const folder = project(1000, needs);
		const home = mkdtempSync(path.join(tmpdir(), 'labc-bench-home-'));
		const run = () =>
			measuredRun(labc[0] ?? '', ['compose', 'config', '-q'], { cwd: folder, env: { HOME: home }, timeoutMs: 60_000 });
		const runs = [await run(), await run(), await run(), await run()];
		rmSync(path.dirname(folder), { recursive: true });
		rmSync(home, { recursive: true });
		const [first = Number.NaN, ...again] = runs.map(({ milliseconds }) => milliseconds);
		const peak = Math.max(...runs.map(({ peakMebibytes }) => peakMebibytes));
		const cells = [first, Math.min(...again), peak].map((number) => number.toFixed(0).padStart(5));
		process.stdout.write(`${shape.padEnd(nameWidth)}  ${cells.join('  ')}\n`);
	}
}

function measure(benchmark: Benchmark, reference: readonly string[]): void {
	const folder = project(typeof benchmark.subject === 'number' ? benchmark.subject : 1);
	try {
		if (benchmark.before !== undefined) requireTestImage();
		if (benchmark.before !== undefined) time([...reference, ...benchmark.before], folder);
		const pairs = Array.from({ length: rounds + 1 }, (_, round) =>
			pair(benchmark.args, { reference, folder, round, cache: benchmark.cache ?? 'again' }),
		);
		process.stdout.write(`${pairLine(titleOf(benchmark), pairs.slice(1))}\n`); // the first pair warms the page cache
	} finally {
		if (benchmark.after !== undefined) time([...reference, ...benchmark.after], folder);
		rmSync(path.dirname(folder), { recursive: true });
	}
}

interface Round {
	readonly reference: readonly string[];
	readonly folder: string;
	readonly round: number;
	readonly cache: Cache;
}

/** Who goes first changes from round to round, so that neither always finds the caches warm. */
function pair(args: readonly string[], { reference, folder, round, cache }: Round): Pair {
	const cacheHome = `${path.dirname(folder)}/cache-${cache === 'first' ? round : 0}`;
	const env = cache === 'off' ? { LABC_CACHE: 'off' } : { XDG_CACHE_HOME: cacheHome };
	const timeLabc = () => time([...labc, ...args], folder, env);
	const timeReference = () => time([...reference, ...args], folder);
	if (round % 2 === 0) return { labc: timeLabc(), reference: timeReference() };
	const first = timeReference();
	return { labc: timeLabc(), reference: first };
}

function titleOf({ name, subject }: Benchmark): string {
	if (typeof subject === 'number') return `${name}, N = ${subject}`;
	return `${name}, ${path.basename(path.dirname(subject))}`;
}

/** A folder with a project of `count` services that only sleep. */
function project(count: number, needs: (index: number) => readonly number[] = () => []): string {
	const folder = path.join(mkdtempSync(path.join(tmpdir(), 'labc-bench-')), `labcbench${count}`);
	const services = Array.from({ length: count }, (_, index) => {
		const dependencies = needs(index).filter((needed) => needed >= 0);
		return [
			`  s${index}:`,
			'    image: labc/busybox:latest',
			'    command: [sleep, infinity]',
			'    stop_grace_period: 0s',
			'    environment:',
			`      INDEX: "${index}"`,
			...(dependencies.length === 0
				? []
				: [`    depends_on: [${dependencies.map((needed) => `s${needed}`).join(', ')}]`]),
		].join('\n');
	});
	mkdirSync(folder);
	writeFileSync(path.join(folder, 'compose.yaml'), `services:\n${services.join('\n')}\n`);
	return folder;
}
