/**
 * Random changes of a watched tree while its containers are restarted, removed and brought up again; afterwards the trees
 * must be identical, by content, kind and mode. Needs `dist/labc`, the docker CLI and an engine with labc/busybox.
 *
 *   node scripts/watch-torture.ts [--seconds 600] [--files 5000] [--seed N] [--labc PATH] [--no-initial-sync]
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { churn, seededRandom, walk } from '../test/support/churn.ts';

const { values } = parseArgs({
	options: {
		seconds: { type: 'string', default: '600' },
		files: { type: 'string', default: '5000' },
		seed: { type: 'string', default: String(Date.now() % 100_000) },
		labc: { type: 'string', default: path.resolve('dist/labc') },
		'no-initial-sync': { type: 'boolean', default: false },
		keep: { type: 'boolean', default: false },
	},
});
const seed = Number(values.seed);
const random = seededRandom(seed);
const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-torture-')));
const project = `labctorture${seed}`;
const source = path.join(home, 'src');
const log = path.join(home, 'watch.log');
mkdirSync(source);
const tree = churn(source, { files: Number(values.files), random });
tree.fill();
if (values['no-initial-sync']) spawnSync('cp', ['-a', source, path.join(home, 'image')]);
writeFileSync(path.join(home, 'compose.yaml'), composeFile(!values['no-initial-sync']));

/** What counts of a tree: kinds and modes, contents, and where links lead. */
const listing =
	'{ find . -mindepth 1 -exec stat -c \'%f %n\' {} +; find . -type f -exec sha256sum {} +; find . -type l -exec sh -c \'for l; do echo "$l $(readlink "$l")"; done\' sh {} +; } | sort';

const watch = startWatch();
await until('watching', () => spawnSync('grep', ['-q', 'Watch enabled', log]).status === 0, 120);
const end = Date.now() + Number(values.seconds) * 1000;
const tally = new Map<string, number>();
let nextBlow = Date.now() + 5000;
while (Date.now() < end) {
	for (let nth = 0; nth < 20; nth += 1) count(tree.step());
	if (Date.now() > nextBlow) {
		count(blow());
		nextBlow = Date.now() + 4000 + random() * 8000;
	}
	await delay(random() < 0.1 ? 400 : 30);
}
const settledAfter = await settle();
watch.kill('SIGINT');
const wrong = settledAfter === undefined;
const steps = [...tally].map(([name, times]) => `${name} ${times}`).join(', ');
process.stdout.write(`seed ${seed}: ${[...walk(source)].length} paths at the end; ${steps}\n`);
process.stdout.write(wrong ? `NOT IDENTICAL, see ${home}\n` : `identical ${settledAfter} ms after the last change\n`);
if (!values.keep) docker('compose-down');
if (!wrong && !values.keep) rmSync(home, { recursive: true, force: true });
process.exitCode = wrong ? 1 : 0;

function composeFile(initial: boolean): string {
	return `name: ${project}
services:
  app:
    image: labc/busybox:latest
    command: sleep 100000
    init: true
    stop_signal: SIGKILL
    scale: 2
${initial ? '' : '    volumes: [./image:/image:ro]\n'}    develop:
      watch:
        - {path: ./src, action: sync, target: /app${initial ? ', initial_sync: true' : ''}}
`;
}

function startWatch(): ChildProcess {
	const out = openSync(log, 'a');
	const child = spawn(values.labc, ['compose', '--progress', 'plain', 'watch'], {
		cwd: home,
		stdio: ['ignore', out, out],
	});
	return child;
}

/** Something happens to the containers. */
function blow(): string {
	const containers = ids();
	const one = containers[Math.floor(random() * containers.length)];
	if (one === undefined || random() < 0.25) {
		if (one !== undefined) spawnSync('docker', ['rm', '-f', one]);
		spawnSync(values.labc, ['compose', 'up', '-d'], { cwd: home });
		return 'container removed and brought up again';
	}
	if (random() < 0.5) {
		spawnSync('docker', ['restart', '-t', '0', one]);
		return 'container restarted';
	}
	spawnSync('docker', ['kill', one]);
	spawnSync('docker', ['start', one]);
	return 'container killed and started';
}

function ids(): readonly string[] {
	const { stdout } = spawnSync('docker', ['ps', '-q', '--filter', `label=com.docker.compose.project=${project}`], {
		encoding: 'utf8',
	});
	return stdout.split('\n').filter((id) => id !== '');
}

/** How long it took until both trees were as on the host; undefined where they did not become so. */
async function settle(): Promise<number | undefined> {
	const start = Date.now();
	const wanted = digest('sh', ['-c', listing], source);
	for (let tries = 0; tries < 60; tries += 1) {
		const found = ids().map((id) => digest('docker', ['exec', id, 'sh', '-c', `cd /app && ${listing}`], home));
		if (found.length === 2 && found.every((text) => text === wanted)) return Date.now() - start;
		await delay(500);
	}
	for (const id of ids()) tellDifference(id);
	return undefined;
}

function digest(command: string, args: readonly string[], cwd: string): string {
	const { stdout } = spawnSync(command, args, { cwd, maxBuffer: 2 ** 28, env: { ...process.env, LC_ALL: 'C' } });
	return createHash('sha256').update(stdout).digest('hex');
}

function tellDifference(id: string): void {
	const host = spawnSync('sh', ['-c', listing], { cwd: source, encoding: 'utf8', maxBuffer: 2 ** 28 }).stdout.split(
		'\n',
	);
	const found = spawnSync('docker', ['exec', id, 'sh', '-c', `cd /app && ${listing}`], {
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
	}).stdout.split('\n');
	const [wanted, there] = [new Set(host), new Set(found)];
	const lines = [
		...host.filter((line) => !there.has(line)).map((line) => `  lacks ${line}`),
		...found.filter((line) => !wanted.has(line)).map((line) => `  has   ${line}`),
	];
	process.stdout.write(`${id}: ${lines.length} lines differ\n${lines.slice(0, 20).join('\n')}\n`);
}

async function until(what: string, isSo: () => boolean, seconds: number): Promise<void> {
	for (let tries = 0; tries < seconds * 5; tries += 1) {
		if (isSo()) return;
		await delay(200);
	}
	throw new Error(`not ${what} after ${seconds} s: see ${log}`);
}

function docker(_: 'compose-down'): void {
	spawnSync(values.labc, ['compose', 'down', '-t', '0'], { cwd: home });
}

function count(name: string): void {
	tally.set(name, (tally.get(name) ?? 0) + 1);
}
