/**
 * How long it takes from the first write until the containers have it, labc against docker compose by turns, and how long
 * a steady writer makes them wait. Needs an engine on this machine (containers' files are read through /proc, so run it
 * as root), `dist/labc`, docker compose and the image labc/busybox.
 *
 *   node scripts/watch-bench.ts [--rounds 30] [--only REGEX] [--labc PATH] [--steady SECONDS]
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findDockerCompose, requireTestImage, stop } from './bench-tools.ts';

const { values } = parseArgs({
	options: {
		rounds: { type: 'string', default: '30' },
		only: { type: 'string', default: '' },
		labc: { type: 'string', default: path.resolve('dist/labc') },
		steady: { type: 'string', default: '30' },
	},
});
const rounds = Number(values.rounds);
const only = new RegExp(values.only);

interface Side {
	readonly name: string;
	readonly folder: string;
	readonly compose: readonly string[];
	readonly watch: ChildProcess;
	pid: string;
}

interface Work {
	readonly name: string;
	readonly goal: number;
	/** Makes ready; not measured. */
	prepare?(side: Side, round: number): Promise<void>;
	act(side: Side, round: number): void;
	isDone(side: Side, round: number): boolean;
}

const longestMs = 60_000;

const many = (count: number): Pick<Work, 'act' | 'isDone'> => ({
	act(side, round) {
		mkdirSync(path.join(side.folder, `src/r${round}-${count}`), { recursive: true });
		for (let nth = 0; nth < count; nth += 1)
			writeFileSync(path.join(side.folder, `src/r${round}-${count}/f${nth}`), `${round}\n`.repeat(50));
	},
	isDone(side, round) {
		for (let nth = count - 1; nth >= 0; nth -= 1)
			if (sizeIn(side, `app/r${round}-${count}/f${nth}`) !== `${round}\n`.length * 50) return false;
		return true;
	},
});

const works: readonly Work[] = [
	{ name: '1 file', goal: 0.2, ...many(1) },
	{ name: '100 files', goal: 0.25, ...many(100) },
	{ name: '1000 files', goal: 0.65, ...many(1000) },
	{
		name: 'delete',
		goal: 0.25,
		async prepare(side, round) {
			writeFileSync(path.join(side.folder, `src/gone${round}`), 'x');
			await until(() => sizeIn(side, `app/gone${round}`) === 1);
		},
		act: (side, round) => rmSync(path.join(side.folder, `src/gone${round}`)),
		isDone: (side, round) => sizeIn(side, `app/gone${round}`) === undefined,
	},
	{
		name: 'sync+restart',
		goal: 0.5,
		async prepare(side) {
			side.pid = pidOf(side);
		},
		act: (side, round) => writeFileSync(path.join(side.folder, 'config/value'), `${round}`),
		isDone(side, round) {
			const pid = pidOf(side);
			if (pid === '0' || pid === side.pid) return false;
			const value = readIn(pid, 'config/value');
			if (value !== `${round}`) return false;
			side.pid = pid;
			return true;
		},
	},
];

const dockerCompose = findDockerCompose() ?? stop('docker compose is not installed');
requireTestImage();
const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-watch-bench-')));
const sides = [open('labc', [values.labc, 'compose']), open('docker compose', [dockerCompose])];
try {
	for (const side of sides) await ready(side);
	process.stdout.write(`${'work'.padEnd(14)} labc p50 / p95   docker compose p50 / p95   ratio (p10 … p90)   goal\n`);
	for (const work of works) if (only.test(work.name)) await measure(work);
	if (only.test('steady writer')) for (const side of sides) await steady(side);
} finally {
	for (const { watch } of sides) watch.kill('SIGINT');
	await delay(500);
	for (const { compose, folder } of sides) run([...compose, 'down', '-t', '0'], folder);
	rmSync(home, { recursive: true, force: true });
}

function open(name: string, compose: readonly string[]): Side {
	const folder = path.join(home, name.replace(' ', '-'));
	for (const each of ['src', 'config']) mkdirSync(path.join(folder, each), { recursive: true });
	writeFileSync(path.join(folder, 'config/value'), 'first');
	writeFileSync(
		path.join(folder, 'compose.yaml'),
		`name: labcwb${process.pid}${name.replace(' ', '')}
services:
  app:
    image: labc/busybox:latest
    command: sleep 100000
    init: true
    stop_signal: SIGKILL
    develop:
      watch:
        - {path: ./src, action: sync, target: /app}
        - {path: ./config, action: sync+restart, target: /config}
`,
	);
	run([...compose, 'up', '-d'], folder);
	const out = openSync(path.join(folder, 'watch.log'), 'a');
	const [command = '', ...args] = [...compose, 'watch', '--no-up'];
	return { name, folder, compose, watch: spawn(command, args, { cwd: folder, stdio: ['ignore', out, out] }), pid: '' };
}

async function ready(side: Side): Promise<void> {
	await until(() => /enabled/i.test(readFileSync(path.join(side.folder, 'watch.log'), 'utf8')));
	side.pid = pidOf(side);
	await delay(500);
}

async function measure(work: Work): Promise<void> {
	const times: Record<string, number[]> = {};
	for (let round = 0; round < rounds; round += 1) {
		for (const side of sides) {
			await work.prepare?.(side, round);
			await delay(150);
			const start = performance.now();
			work.act(side, round);
			await until(() => work.isDone(side, round), `${side.name}: ${work.name}, round ${round}`);
			times[side.name] = [...(times[side.name] ?? []), performance.now() - start];
		}
	}
	const [labc = [], reference = []] = sides.map(({ name }) => times[name] ?? []);
	const ratios = labc.map((each, nth) => each / (reference[nth] ?? Number.NaN));
	const ms = (numbers: readonly number[], share: number): string => quantile(numbers, share).toFixed(0).padStart(5);
	process.stdout.write(
		`${work.name.padEnd(14)} ${ms(labc, 0.5)} / ${ms(labc, 0.95)}    ${ms(reference, 0.5)} / ${ms(reference, 0.95)}              ` +
			`${quantile(ratios, 0.5).toFixed(2)} (${quantile(ratios, 0.1).toFixed(2)} … ${quantile(ratios, 0.9).toFixed(2)})   ≤ ${work.goal}\n`,
	);
}

/** One change every 50 ms: how long after each write the container had it. */
async function steady(side: Side): Promise<void> {
	const writes: number[] = [];
	const seen: number[] = [];
	const start = performance.now();
	const file = path.join(side.folder, 'src/steady');
	const last = Number(values.steady) * 20;
	const look = (): void => {
		const value = Number(readIn(side.pid, 'app/steady') ?? -1);
		for (let nth = seen.length; nth <= value; nth += 1) seen.push(performance.now());
	};
	while (writes.length < last) {
		writeFileSync(file, String(writes.length));
		writes.push(performance.now());
		while (performance.now() < start + writes.length * 50) {
			look();
			await delay(2);
		}
	}
	const end = performance.now() + 5000;
	while (seen.length < last && performance.now() < end) {
		look();
		await delay(2);
	}
	const delays = writes.map((at, nth) => (seen[nth] ?? Number.POSITIVE_INFINITY) - at);
	process.stdout.write(
		`steady writer, ${side.name}: longest delay ${Math.max(...delays).toFixed(0)} ms, median ${quantile(delays, 0.5).toFixed(0)} ms\n`,
	);
}

async function until(isSo: () => boolean, what = 'getting ready'): Promise<void> {
	const end = performance.now() + longestMs;
	while (!isSo()) {
		if (performance.now() > end) throw new Error(`nothing came for ${longestMs / 1000} s (${what})`);
		await delay(1);
	}
}

/** Size of a file in the container, looked at through its process. */
function sizeIn({ pid }: Side, file: string): number | undefined {
	return statSync(`/proc/${pid}/root/${file}`, { throwIfNoEntry: false })?.size;
}

function readIn(pid: string, file: string): string | undefined {
	try {
		return readFileSync(`/proc/${pid}/root/${file}`, 'utf8');
	} catch {
		return undefined;
	}
}

function pidOf({ folder }: Side): string {
	const [name] = /(?<=^name: ).*/m.exec(readFileSync(path.join(folder, 'compose.yaml'), 'utf8')) ?? [''];
	return run(['docker', 'inspect', '-f', '{{.State.Pid}}', `${name}-app-1`], folder).trim();
}

function run([command = '', ...args]: readonly string[], cwd: string): string {
	return spawnSync(command, args, { cwd, encoding: 'utf8' }).stdout;
}

function quantile(numbers: readonly number[], share: number): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
