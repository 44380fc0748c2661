/**
 * A tree of many files, labc against docker compose: how long until a watch on it is ready, what memory it takes, how soon
 * one change is seen, and how long a `git checkout` of many files takes to be in the container. Needs git, an engine on
 * this machine (containers' files are read through /proc, so run it as root), `dist/labc`, docker compose and the image
 * labc/busybox.
 *
 *   node scripts/watch-large.ts [--files 100000] [--checkout 5000] [--rounds 3] [--labc PATH]
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findDockerCompose, requireTestImage, stop } from './bench-tools.ts';

const { values } = parseArgs({
	options: {
		files: { type: 'string', default: '100000' },
		checkout: { type: 'string', default: '5000' },
		rounds: { type: 'string', default: '3' },
		labc: { type: 'string', default: path.resolve('dist/labc') },
	},
});
const filesInFolder = 100;
const longestMs = 300_000;

interface Side {
	readonly name: string;
	readonly compose: readonly string[];
	readonly folder: string;
}

const dockerCompose = findDockerCompose() ?? stop('docker compose is not installed');
requireTestImage();
const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-watch-large-')));
const sides: readonly Side[] = [
	{ name: 'labc', compose: [values.labc, 'compose'], folder: path.join(home, 'labc') },
	{ name: 'docker compose', compose: [dockerCompose], folder: path.join(home, 'reference') },
];
try {
	process.stdout.write('what                                  labc      docker compose\n');
	for (const side of sides) prepare(side, { large: Number(values.files), tracked: Number(values.checkout) });
	await measureReady();
	await measureCheckouts();
} finally {
	for (const { compose, folder } of sides) run([...compose, 'down', '-t', '0'], folder);
	rmSync(home, { recursive: true, force: true });
}

/** A large folder, and beside it a small one that git knows in two versions. */
function prepare(
	{ name, folder }: Side,
	{ large, tracked }: { readonly large: number; readonly tracked: number },
): void {
	const project = `labcwl${process.pid}${name.replace(' ', '')}`;
	const service = (source: string): string =>
		`    image: labc/busybox:latest\n    command: sleep 100000\n    init: true\n    stop_signal: SIGKILL\n    develop: {watch: [{path: ./${source}, action: sync, target: /app}]}\n`;
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		path.join(folder, 'compose.yaml'),
		`name: ${project}\nservices:\n  large:\n${service('large')}  repo:\n${service('repo')}`,
	);
	fill(path.join(folder, 'large'), large, 'one');
	const repo = path.join(folder, 'repo');
	mkdirSync(repo);
	const git = (...args: readonly string[]): string =>
		run(['git', '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], repo);
	git('init', '-q', '-b', 'one');
	for (const branch of ['one', 'two']) {
		if (branch === 'two') git('checkout', '-q', '-b', branch);
		fill(repo, tracked, branch);
		git('add', '.');
		git('commit', '-q', '-m', branch);
	}
	git('checkout', '-q', 'one');
	run([values.labc, 'compose', 'up', '-d'], folder);
}

function fill(folder: string, count: number, text: string): void {
	for (let nth = 0; nth < count; nth += 1) {
		const file = path.join(folder, `d${Math.floor(nth / filesInFolder)}`, `f${nth}`);
		if (nth % filesInFolder === 0) mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, `${text} ${nth}\n`.repeat(10));
	}
}

async function measureReady(): Promise<void> {
	const ready: number[][] = [];
	const seen: number[][] = [];
	const memory: number[][] = [];
	for (let round = 0; round < Number(values.rounds); round += 1) {
		for (const [nth, side] of sides.entries()) {
			const start = performance.now();
			const watch = await startWatch(side, 'large');
			push(ready, nth, performance.now() - start);
			await delay(500);
			const changed = performance.now();
			writeFileSync(path.join(side.folder, 'large/d0/f0'), `round ${round}`);
			const pid = pidOf(side, 'large');
			await until(() => readIn(pid, 'app/d0/f0') === `round ${round}`);
			push(seen, nth, performance.now() - changed);
			push(memory, nth, residentMiB(watch));
			await end(watch);
		}
	}
	tell(`ready on ${values.files} files, ms`, ready);
	tell('one change in it, ms', seen);
	tell('resident memory, MiB', memory);
}

async function measureCheckouts(): Promise<void> {
	const times: number[][] = [];
	const watches: ChildProcess[] = [];
	for (const side of sides) watches.push(await startWatch(side, 'repo'));
	await delay(500);
	for (let round = 0; round < 2 * Number(values.rounds); round += 1) {
		const branch = round % 2 === 0 ? 'two' : 'one';
		for (const [nth, side] of sides.entries()) {
			const pid = pidOf(side, 'repo');
			const start = performance.now();
			run(['git', 'checkout', '-q', branch], path.join(side.folder, 'repo'));
			await until(() => isCheckedOut(pid, branch));
			push(times, nth, performance.now() - start);
			await delay(1000);
		}
	}
	for (const watch of watches) await end(watch);
	tell(`git checkout of ${values.checkout} files, ms`, times);
}

/** Looked at from the last file on: it comes last. */
function isCheckedOut(pid: string, branch: string): boolean {
	for (let nth = Number(values.checkout) - 1; nth >= 0; nth -= 1) {
		if (readIn(pid, `app/d${Math.floor(nth / filesInFolder)}/f${nth}`)?.startsWith(branch) !== true) return false;
	}
	return true;
}

async function startWatch({ compose, folder }: Side, service: string): Promise<ChildProcess> {
	const log = path.join(folder, `watch-${process.hrtime.bigint()}.log`);
	const out = openSync(log, 'a');
	const [command = '', ...args] = [...compose, 'watch', '--no-up', service];
	const watch = spawn(command, args, { cwd: folder, stdio: ['ignore', out, out] });
	await until(() => /enabled/i.test(readFileSync(log, 'utf8')));
	return watch;
}

async function end(watch: ChildProcess): Promise<void> {
	const closed = new Promise((resolve) => watch.on('close', resolve));
	watch.kill('SIGINT');
	await closed;
}

function residentMiB({ pid }: ChildProcess): number {
	const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kib) / 1024;
}

async function until(isSo: () => boolean): Promise<void> {
	const last = performance.now() + longestMs;
	while (!isSo()) {
		if (performance.now() > last) throw new Error(`nothing came for ${longestMs / 1000} s`);
		await delay(2);
	}
}

function readIn(pid: string, file: string): string | undefined {
	try {
		return readFileSync(`/proc/${pid}/root/${file}`, 'utf8');
	} catch {
		return undefined; // not there yet
	}
}

function pidOf({ folder }: Side, service: string): string {
	const [name] = /(?<=^name: ).*/m.exec(readFileSync(path.join(folder, 'compose.yaml'), 'utf8')) ?? [''];
	return run(['docker', 'inspect', '-f', '{{.State.Pid}}', `${name}-${service}-1`], folder).trim();
}

function run([command = '', ...args]: readonly string[], cwd: string): string {
	return spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 }).stdout;
}

function push(lists: number[][], nth: number, value: number): void {
	lists[nth] = [...(lists[nth] ?? []), value];
}

/** Medians. */
function tell(what: string, [labc = [], reference = []]: readonly number[][]): void {
	const median = (numbers: readonly number[]): string =>
		(numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN).toFixed(0).padStart(8);
	process.stdout.write(`${what.padEnd(34)} ${median(labc)}   ${median(reference)}\n`);
}
