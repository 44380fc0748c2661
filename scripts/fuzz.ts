/**
 * Lets the loader read Compose files with accidents in them and reports what no file may cause: an error that is not
 * for the user, a hang, a crash, an executable that does something else than the sources.
 *
 *   node scripts/fuzz.ts [--seconds 60] [--corpus DIR] [--labc PROGRAM] [--reference PROGRAM] [--seed N] [--run N]
 *
 * The files are those of the golden cases, or all below DIR. One mutant in `--sample` goes to `dist/labc` too, and,
 * with `--reference`, to docker compose: which of them load must be the same, and what `config` prints of them. Both may
 * be a path, or a name on PATH. `--seed` repeats a whole session, with `--run` only that one file, which is printed. A file may take 250 ms of the processor, read in this process. What it
 * does not cover: several files in one project, `include` and `extends` of files, env files, flags, other views of
 * `config` than YAML and JSON, the cache, and time that is spent waiting (but for a hang of over 10 s).
 */
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { LabcError } from '../src/errors/labc-error.ts';
import { loadProject } from '../src/loader/load-project.ts';
import { projectToJson } from '../src/loader/project-to-json.ts';
import { projectToYaml } from '../src/loader/project-to-yaml.ts';
import type { Project } from '../src/model/project.ts';
import { type Judgement, judge } from '../test/support/judge.ts';
import { mutate, randomNumbers } from '../test/support/mutate.ts';
import { collectDonors, mutateTree } from '../test/support/mutate-tree.ts';
import { stop } from './bench-tools.ts';
import { requireExecutable } from './executables.ts';

const hangMs = 250;
const { values } = parseArgs({
	options: {
		seconds: { type: 'string', default: '60' },
		corpus: { type: 'string', default: 'test/golden/golden-data' },
		labc: { type: 'string', default: 'dist/labc' },
		reference: { type: 'string' },
		sample: { type: 'string', default: '20' },
		seed: { type: 'string', default: String(Date.now() % 1_000_000) },
		run: { type: 'string' },
	},
});
const seed = Number(values.seed);
const labc = requireExecutable(values.labc, 'build it with `npm run build`, or name one with `--labc`');
const texts = globSync(`${values.corpus}/**/*.{yaml,yml}`)
	.sort()
	.map((file) => readFileSync(file, 'utf8'))
	.filter((text) => text.length < 50_000);
if (texts.length === 0) stop(`no Compose files below ${values.corpus}`);

const folder = path.join(mkdtempSync(path.join(tmpdir(), 'labc-fuzz-')), 'fuzz');
mkdirSync(folder);
const env = { SET: 'value', EMPTY: '' };
const options = {
	files: [],
	projectName: undefined,
	projectDirectory: undefined,
	profiles: ['*'],
	envFiles: [],
	compatibility: false,
	cwd: folder,
	env,
};
const reference =
	values.reference === undefined
		? []
		: [requireExecutable(values.reference, 'name docker compose, as `docker-compose` or its plugin’s path')];
const judges = [labc, ...reference];
const donors = collectDonors(texts);
const sound = await soundTexts();

const findings = await (values.run === undefined ? session() : repeatOne(Number(values.run)));
rmSync(path.dirname(folder), { recursive: true });
process.exit(findings === 0 ? 0 : 1);

/** Those that load on their own: most mutants of the others are refused for what they were before. */
async function soundTexts(): Promise<readonly string[]> {
	const loads: string[] = [];
	for (const text of texts) {
		writeFileSync(path.join(folder, 'compose.yaml'), text);
		if ((await readOnce()).outcome.kind === 'loaded') loads.push(text);
	}
	return loads;
}

async function session(): Promise<number> {
	const progress = new Int32Array(new SharedArrayBuffer(4));
	watchProgress(progress);
	const end = performance.now() + Number(values.seconds) * 1000;
	const counts = { loaded: 0, refused: 0, bug: 0, sampled: 0, disagreed: 0 };
	let run = 0;
	for (; performance.now() < end; run += 1) {
		Atomics.store(progress, 0, run);
		const outcome = await read(textOf(run));
		counts[outcome.kind] += 1;
		if (outcome.kind === 'bug') process.stdout.write(`run ${run}: ${outcome.words}\n`);
		if (run % Number(values.sample) !== 0) continue;
		const differences = await compare(outcome);
		counts.sampled += 1;
		counts.disagreed += differences.length;
		for (const difference of differences) process.stdout.write(`run ${run}: ${difference}\n`);
	}
	const { loaded, refused, bug, sampled, disagreed } = counts;
	process.stdout.write(
		`seed ${seed}: ${run} runs over ${texts.length} files in ${values.seconds} s, ${loaded} loaded, ${refused} refused, ${bug} findings; ${sampled} given to ${judges.join(' and ')}, ${disagreed} differences\n`,
	);
	return bug + disagreed;
}

/** What the executable, and docker compose, make of the same file, where it is something else. */
async function compare(outcome: Judgement): Promise<readonly string[]> {
	const differences: string[] = [];
	const printed: string[] = [];
	for (const file of judges) {
		const command = file === labc ? [file, 'compose'] : [file];
		const verdict = await judge(command, { cwd: folder, env });
		if (verdict.printed !== undefined) printed.push(verdict.printed);
		if (verdict.kind === outcome.kind) continue;
		const first = `${outcome.kind} (${outcome.words.slice(0, 150)})`;
		differences.push(`${path.basename(file)}: ${verdict.kind} (${verdict.words.slice(0, 150)}), the sources: ${first}`);
	}
	return [...differences, ...differentLine(printed)];
}

/** The first line that two programs print differently. */
function differentLine([first, second]: readonly string[]): readonly string[] {
	if (first === undefined || second === undefined || first === second) return [];
	const [ours, theirs] = [first.split('\n'), second.split('\n')];
	const index = ours.findIndex((line, at) => line !== theirs[at]);
	return [`prints \`${ours[index]?.slice(0, 100)}\`, docker compose \`${theirs[index]?.slice(0, 100)}\``];
}

/** A loop that never ends cannot be seen from the thread it runs on. */
function watchProgress(progress: Int32Array): void {
	const watcher = `
		const { workerData } = require('node:worker_threads');
		let last = -1;
		setInterval(() => {
			const run = Atomics.load(workerData.progress, 0);
			if (run === last) {
				require('node:fs').writeSync(1, 'run ' + run + ': hangs for over 10 s; seed ${seed}\\n');
				process.kill(process.pid, 'SIGKILL');
			}
			last = run;
		}, 10000);`;
	new Worker(watcher, { eval: true, workerData: { progress } }).unref();
}

async function repeatOne(run: number): Promise<number> {
	const text = textOf(run);
	const outcome = await read(text);
	const differences = await compare(outcome);
	process.stdout.write(`${text}\n--- seed ${seed}, run ${run}: ${outcome.kind} ${outcome.words}\n`);
	for (const difference of differences) process.stdout.write(`${difference}\n`);
	return outcome.kind === 'bug' ? 1 : differences.length;
}

/** Four in five are still YAML; the others have accidents in their text. */
function textOf(run: number): string {
	const random = randomNumbers(seed * 1_000_003 + run);
	const any = (among: readonly string[]): string => among[Math.floor(random() * among.length)] ?? '';
	if (random() < 0.2) return mutate(any(texts), random, texts);
	const base = any(sound);
	return mutateTree(base, random, donors) ?? mutate(base, random, texts);
}

async function read(text: string): Promise<Judgement> {
	writeFileSync(path.join(folder, 'compose.yaml'), text);
	const first = await readOnce();
	if (first.milliseconds <= hangMs) return first.outcome;
	const again = [await readOnce(), await readOnce(), await readOnce()].map(({ milliseconds }) => milliseconds);
	const shortest = Math.min(...again);
	if (shortest <= hangMs) return first.outcome;
	return { kind: 'bug', words: `takes ${shortest.toFixed(0)} ms (${first.outcome.kind})` };
}

async function readOnce(): Promise<{ readonly outcome: Judgement; readonly milliseconds: number }> {
	const start = process.cpuUsage();
	let outcome: Judgement = { kind: 'loaded', words: '' };
	try {
		const loaded = await loadProject(options);
		projectToYaml(loaded);
		writeJson(loaded.project);
	} catch (error) {
		outcome = judgementOf(error);
	}
	const { user, system } = process.cpuUsage(start);
	return { outcome, milliseconds: (user + system) / 1000 };
}

/** Not every project has a form in JSON: that it has none is no reason to refuse the file. */
function writeJson(project: Project): void {
	try {
		projectToJson(project);
	} catch (error) {
		if (judgementOf(error).kind === 'bug') throw error;
	}
}

function judgementOf(error: unknown): Judgement {
	const isForTheUser = error instanceof LabcError && !/\n\s+at /.test(error.message);
	if (isForTheUser) return { kind: 'refused', words: error.message };
	return { kind: 'bug', words: `throws ${error instanceof Error ? error.stack : String(error)}` };
}
