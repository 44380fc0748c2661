/**
 * Random changes of a watched tree while its containers are restarted, removed and brought up again, and the engine is
 * restarted where a command for that is given. Every half minute, and at the end, the changes pause, and the trees must
 * become identical, by content, kind and mode, while the watch goes on. Without the first copy the containers begin with
 * the tree in their image, so that all that differs later is what labc has to copy or delete. A second rule has a link for
 * its path and a target in the first one's; what is ignored must not come, and what the containers make themselves below
 * a folder that the host once had must stay. Needs `dist/labc`, the
 * docker CLI and an engine with labc/busybox.
 *
 *   node scripts/watch-torture.ts [--seconds 600] [--files 5000] [--seed N] [--labc PATH] [--no-initial-sync]
 *     [--restart-engine COMMAND] [--keep]
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, openSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
		'restart-engine': { type: 'string' },
		keep: { type: 'boolean', default: false },
	},
});
const restEveryMs = 30_000;
const longestRestMs = 240_000;
const seed = Number(values.seed);
const random = seededRandom(seed);
const isInitial = !values['no-initial-sync'];
const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-torture-')));
const project = `labctorture${seed}${isInitial ? '' : 'late'}`;
const image = isInitial ? 'labc/busybox:latest' : `${project}:latest`;
const source = path.join(home, 'src');
/** What a link leads to that is the path of the second rule. */
const second = path.join(home, 'real');
const log = path.join(home, 'watch.log');
/** What counts of a tree: kinds and modes, contents, and where links lead. */
const listing =
	'{ find . -mindepth 1 -exec stat -c \'%f %n\' {} +; find . -type f -exec sha256sum {} +; find . -type l -exec sh -c \'for l; do echo "$l $(readlink "$l")"; done\' sh {} +; } | sort';
const prune = '-path ./out -prune -o -path ./ignored -prune -o';
const listingOf = (pruned: string): string => listing.replaceAll('find . ', `find . ${pruned} `);
/** The host's second tree is where the containers have it. */
const hostListing = `{ ( cd src; ${listingOf(prune)} ); ( cd real; stat -c '%f .' . | sed 's#\\.$#./nested#'; ${listing} | sed 's#\\(^\\| \\)\\./#\\1./nested/#' ); } | sort`;
/** Containers with a file of their own. */
const owners = new Set<string>();
const tally = new Map<string, number>();
const rests: number[] = [];

for (const folder of [source, second]) mkdirSync(folder);
symlinkSync(second, path.join(home, 'more'));
const trees = [
	churn(source, { files: Number(values.files), random }),
	churn(second, { files: Math.ceil(Number(values.files) / 10), random }),
];
for (const tree of trees) tree.fill();
if (!isInitial) await buildImage();
writeFileSync(path.join(home, 'compose.yaml'), composeFile());
const watch = startWatch();
await until('watching', () => spawnSync('grep', ['-q', 'Watch enabled', log]).status === 0, 120);
await makeOut();
const isRight = await torture();
watch.kill('SIGINT');
await cleanUp();
tell();
process.exitCode = isRight ? 0 : 1;

async function torture(): Promise<boolean> {
	const end = Date.now() + Number(values.seconds) * 1000;
	while (Date.now() < end) {
		await disturb(Math.min(end, Date.now() + restEveryMs));
		const rest = await settle();
		if (rest === undefined || !(await keepsOwn())) return false;
		rests.push(rest);
	}
	return true;
}

/** Changes the tree while one thing after the other happens to the containers. */
async function disturb(end: number): Promise<void> {
	const isShort = end - Date.now() < restEveryMs / 2;
	const blows = async (): Promise<void> => {
		while (Date.now() < end) {
			await delay((isShort ? 1000 : 3000) + random() * (isShort ? 1000 : 6000));
			if (Date.now() < end) count(await blow());
		}
	};
	const blowing = blows();
	while (Date.now() < end) {
		for (let nth = 0; nth < 20; nth += 1) count((random() < 0.2 ? trees[1] : trees[0])?.step() ?? '');
		mkdirSync(path.join(source, 'ignored'), { recursive: true });
		writeFileSync(path.join(source, `ignored/i${Math.floor(random() * 9)}`), String(random()));
		await delay(random() < 0.1 ? 400 : 30);
	}
	await blowing;
}

/** Something happens to the containers. */
async function blow(): Promise<string> {
	const containers = await ids();
	const one = containers[Math.floor(random() * containers.length)];
	const dice = random();
	if (values['restart-engine'] !== undefined && dice < 0.15) {
		await run('sh', ['-c', values['restart-engine']]);
		await run(values.labc, ['compose', 'up', '-d']);
		return 'engine restarted';
	}
	if (one === undefined || dice < 0.45) {
		if (one !== undefined) await run('docker', ['rm', '-f', one]);
		await run(values.labc, ['compose', 'up', '-d']);
		return 'container removed and brought up again';
	}
	if (dice < 0.75) {
		await run('docker', ['restart', '-t', '0', one]);
		return 'container restarted';
	}
	await run('docker', ['kill', one]);
	await run('docker', ['start', one]);
	return 'container killed and started';
}

/** How long it took until both trees were as on the host; undefined where they did not become so. */
async function settle(): Promise<number | undefined> {
	const start = Date.now();
	const wanted = digest((await run('sh', ['-c', hostListing])).stdout);
	while (Date.now() < start + longestRestMs) {
		const texts = await Promise.all((await ids()).map((id) => listContainer(id)));
		if (texts.length === 2 && texts.every((text) => digest(text) === wanted)) return Date.now() - start;
		await delay(250);
	}
	for (const id of await ids()) await tellDifference(id);
	return undefined;
}

/** From then on labc knows the folder, and that the host has it no more. */
async function makeOut(): Promise<void> {
	const out = path.join(source, 'out');
	mkdirSync(out);
	writeFileSync(path.join(out, 'once'), '');
	while ((await inAll('test -e /app/out/once')).some(({ status }) => status !== 0)) await delay(100);
	// What they have there goes when the folder has stayed away: nothing is done there any more then.
	await inAll('touch /app/out/before');
	rmSync(out, { recursive: true });
	while ((await inAll('test -e /app/out')).some(({ status }) => status === 0)) await delay(100);
	await keepsOwn();
}

/** Whether all that had files of their own still have them; now all have. */
async function keepsOwn(): Promise<boolean> {
	const found = await inAll('test -e /app/out/own');
	const lost = found.filter(({ id, status }) => owners.has(id) && status !== 0);
	for (const { id } of lost) process.stdout.write(`${id}: its own file is gone\n`);
	for (const { id } of await inAll('mkdir -p /app/out && touch /app/out/own')) owners.add(id);
	return lost.length === 0;
}

async function inAll(line: string): Promise<readonly { readonly id: string; readonly status: number | null }[]> {
	return Promise.all(
		(await ids()).map(async (id) => ({ id, status: (await run('docker', ['exec', id, 'sh', '-c', line])).status })),
	);
}

async function listContainer(id: string): Promise<string> {
	return (await run('docker', ['exec', id, 'sh', '-c', `cd /app && ${listingOf('-path ./out -prune -o')}`])).stdout;
}

function digest(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

async function tellDifference(id: string): Promise<void> {
	const host = (await run('sh', ['-c', hostListing])).stdout.split('\n');
	const found = (await listContainer(id)).split('\n');
	const [wanted, there] = [new Set(host), new Set(found)];
	const lines = [
		...host.filter((line) => !there.has(line)).map((line) => `  lacks ${line}`),
		...found.filter((line) => !wanted.has(line)).map((line) => `  has   ${line}`),
	];
	process.stdout.write(`${id}: ${lines.length} lines differ\n${lines.slice(0, 20).join('\n')}\n`);
}

function composeFile(): string {
	return `name: ${project}
services:
  app:
    image: ${image}
    command: sleep 100000
    init: true
    stop_signal: SIGKILL
    restart: unless-stopped
    scale: 2
    develop:
      watch:
        - {path: ./src, action: sync, target: /app, ignore: [ignored]${isInitial ? ', initial_sync: true' : ''}}
        - {path: ./more, action: sync, target: /app/nested${isInitial ? ', initial_sync: true' : ''}}
`;
}

/** An image that has the tree as it is at first. */
async function buildImage(): Promise<void> {
	const id = (await run('docker', ['create', 'labc/busybox:latest', 'true'])).stdout.trim();
	await run('docker', ['cp', '-a', source, `${id}:/app`]);
	await run('docker', ['cp', '-a', second, `${id}:/app/nested`]);
	await run('docker', ['commit', id, image]);
	await run('docker', ['rm', id]);
}

function startWatch(): ChildProcess {
	const out = openSync(log, 'a');
	return spawn(values.labc, ['compose', '--progress', 'plain', 'watch'], { cwd: home, stdio: ['ignore', out, out] });
}

async function ids(): Promise<readonly string[]> {
	const { stdout } = await run('docker', ['ps', '-q', '--filter', `label=com.docker.compose.project=${project}`]);
	return stdout.split('\n').filter((id) => id !== '');
}

interface Ran {
	readonly stdout: string;
	readonly status: number | null;
}

async function run(command: string, args: readonly string[], cwd = home): Promise<Ran> {
	const env = { ...process.env, LC_ALL: 'C' };
	const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] });
	let stdout = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
	return { stdout, status };
}

async function until(what: string, isSo: () => boolean, seconds: number): Promise<void> {
	for (let tries = 0; tries < seconds * 5; tries += 1) {
		if (isSo()) return;
		await delay(200);
	}
	throw new Error(`not ${what} after ${seconds} s: see ${log}`);
}

async function cleanUp(): Promise<void> {
	if (values.keep) return;
	await run(values.labc, ['compose', 'down', '-t', '0']);
	if (!isInitial) await run('docker', ['rmi', image]);
}

function tell(): void {
	const steps = [...tally]
		.filter(([name]) => !name.endsWith('(not possible now)'))
		.map(([name, times]) => `${name} ${times}`);
	const mode = isInitial ? 'all copied at first' : 'only changes copied';
	process.stdout.write(`seed ${seed}, ${mode}, ${values.seconds} s: ${[...walk(source)].length} paths at the end; `);
	process.stdout.write(`${steps.join(', ')}\n`);
	process.stdout.write(
		isRight
			? `identical at all ${rests.length} rests, ${Math.max(...rests)} ms after the last change at the latest\n`
			: `NOT IDENTICAL, see ${home}\n`,
	);
	if (isRight && !values.keep) rmSync(home, { recursive: true, force: true });
}

function count(name: string): void {
	tally.set(name, (tally.get(name) ?? 0) + 1);
}
