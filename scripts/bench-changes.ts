/**
 * `npm run bench:changes`: what labc and docker compose take to change containers, the same work by turns. Before each
 * run docker compose brings the project to the state it starts from, so both always find the same.
 *
 *   node scripts/bench-changes.ts [--rounds N] [--only REGEX]
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findDockerCompose, heading, type Pair, pairLine, requireTestImage, stop, time } from './bench-tools.ts';

interface Change {
	readonly name: string;
	readonly services: readonly Service[];
	/** Brings the project to where the work begins; nothing where the work itself leaves it there. */
	readonly before: readonly string[] | undefined;
	readonly work: readonly string[];
	/** At most so many, where one takes long. */
	readonly rounds?: number;
}

interface Service {
	readonly healthy?: true;
	/** Number of the service it waits for. */
	readonly needs?: number;
	/** Differs from run to run. */
	readonly changes?: true;
}

const alike = (count: number): readonly Service[] => Array.from({ length: count }, () => ({}));
const levels: readonly Service[] = Array.from({ length: 5 }, (_, level) => ({
	healthy: true,
	...(level > 0 && { needs: level - 1 }),
}));
const up = ['up', '-d', '-t', '0'];
const down = ['down', '-t', '0'];

const changes: readonly Change[] = [
	{ name: 'cold up, 10 independent', services: alike(10), before: down, work: up },
	{ name: 'up of what is up, 10', services: alike(10), before: undefined, work: up },
	{ name: 'up of what is up, 50', services: alike(50), before: undefined, work: up },
	{ name: 'up, one changed of 10', services: [{ changes: true }, ...alike(9)], before: undefined, work: up },
	{ name: 'cold up, five healthy levels', services: levels, before: down, work: up },
	{ name: 'up of what is up, five healthy levels', services: levels, before: undefined, work: up },
	{
		name: 'scale 1 to 10',
		services: alike(1),
		before: [...up, '--scale', 's0=1'],
		work: [...up, '--scale', 's0=10'],
	},
	{ name: 'down -t 0, 10', services: alike(10), before: up, work: down },
	{ name: 'down -t 0, 50', services: alike(50), before: up, work: down, rounds: 3 },
	{ name: 'restart -t 0, 10', services: alike(10), before: undefined, work: ['restart', '-t', '0'] },
];

const { values } = parseArgs({
	options: { rounds: { type: 'string', default: '7' }, only: { type: 'string', default: '' } },
});
const rounds = Number(values.rounds);
const labc = [path.resolve('dist/labc'), 'compose'];
const found = findDockerCompose();
if (!existsSync('dist/labc')) stop('dist/labc is missing: run `npm run build` first');
if (found === undefined) stop('docker compose is not installed: there is nothing to compare with');
if (!Number.isInteger(rounds) || rounds < 3) stop('--rounds takes a whole number from 3');
requireTestImage();

process.stdout.write(`milliseconds are medians; ratio = labc / docker compose, median (10 % … 90 %)\n${heading}`);
for (const change of changes) {
	if (new RegExp(values.only).test(change.name)) measure(change, [found]);
}

function measure(change: Change, reference: readonly string[]): void {
	const folder = project(change.services);
	const home = { XDG_CACHE_HOME: path.join(path.dirname(folder), 'cache') };
	let runs = 0;
	const timed = (tool: readonly string[]): number => {
		runs += 1;
		const env = { ...home, BENCH_MARK: String(runs) };
		if (change.before !== undefined) time([...reference, ...change.before], folder, env);
		return time([...tool, ...change.work], folder, env);
	};
	const pair = (round: number): Pair => {
		if (round % 2 === 0) return { labc: timed(labc), reference: timed(reference) };
		const first = timed(reference);
		return { labc: timed(labc), reference: first };
	};
	try {
		time([...reference, ...up], folder, { BENCH_MARK: '0' });
		pair(0); // reads both programs and the file into memory
		const pairs = Array.from({ length: Math.min(rounds, change.rounds ?? rounds) }, (_, round) => pair(round));
		process.stdout.write(`${pairLine(change.name, pairs)}\n`);
	} finally {
		time([...reference, ...down], folder);
		rmSync(path.dirname(folder), { recursive: true });
	}
}

/** A folder whose project has services that only sleep. */
function project(services: readonly Service[]): string {
	const folder = path.join(mkdtempSync(path.join(tmpdir(), 'labc-bench-')), `labcbenchchange${services.length}`);
	const entries = services.map(({ healthy, needs, changes: isChanging }, index) => [
		`s${index}`,
		{
			image: 'labc/busybox:latest',
			command: ['sleep', 'infinity'],
			stop_grace_period: '0s',
			environment: { INDEX: String(index), ...(isChanging && { MARK: '$BENCH_MARK' }) },
			...(healthy && { healthcheck: { test: ['CMD', 'true'], interval: '1s' } }),
			...(needs !== undefined && { depends_on: { [`s${needs}`]: { condition: 'service_healthy' } } }),
		},
	]);
	mkdirSync(folder);
	writeFileSync(path.join(folder, 'compose.yaml'), JSON.stringify({ services: Object.fromEntries(entries) }));
	return folder;
}
