/**
 * Lets the loader read Compose files with accidents in them and reports what no file may cause: an error that is not
 * for the user, a hang, a crash.
 *
 *   node scripts/fuzz.ts [--seconds 60] [--corpus DIR] [--seed N] [--run N]
 *
 * The files are those of the golden cases, or all below DIR. `--seed` repeats a whole session, with `--run` only that
 * one file, which is printed.
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
import { mutate, randomNumbers } from '../test/support/mutate.ts';

const hangMs = 250;
const { values } = parseArgs({
	options: {
		seconds: { type: 'string', default: '60' },
		corpus: { type: 'string', default: 'test/golden/golden-data' },
		seed: { type: 'string', default: String(Date.now() % 1_000_000) },
		run: { type: 'string' },
	},
});
const seed = Number(values.seed);
const texts = globSync(`${values.corpus}/**/*.{yaml,yml}`)
	.sort()
	.map((file) => readFileSync(file, 'utf8'))
	.filter((text) => text.length < 50_000);
if (texts.length === 0) {
	process.stderr.write(`no Compose files below ${values.corpus}\n`);
	process.exit(1);
}

const folder = path.join(mkdtempSync(path.join(tmpdir(), 'labc-fuzz-')), 'fuzz');
mkdirSync(folder);
const options = {
	files: [],
	projectName: undefined,
	projectDirectory: undefined,
	profiles: ['*'],
	envFiles: [],
	compatibility: false,
	cwd: folder,
	env: { SET: 'value', EMPTY: '' },
};

const findings = await (values.run === undefined ? session() : repeatOne(Number(values.run)));
rmSync(path.dirname(folder), { recursive: true });
process.exit(findings === 0 ? 0 : 1);

async function session(): Promise<number> {
	const progress = new Int32Array(new SharedArrayBuffer(4));
	watchProgress(progress);
	const end = performance.now() + Number(values.seconds) * 1000;
	let found = 0;
	let run = 0;
	let loaded = 0;
	for (; performance.now() < end; run += 1) {
		Atomics.store(progress, 0, run);
		const outcome = await read(textOf(run));
		if (outcome === 'loaded') loaded += 1;
		else if (outcome !== 'refused') {
			found += 1;
			process.stdout.write(`run ${run}: ${outcome}\n`);
		}
	}
	process.stdout.write(
		`seed ${seed}: ${run} runs over ${texts.length} files in ${values.seconds} s, ${loaded} loaded, ${run - loaded - found} refused, ${found} findings\n`,
	);
	return found;
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
	process.stdout.write(`${text}\n--- seed ${seed}, run ${run}: ${outcome}\n`);
	return outcome === 'loaded' || outcome === 'refused' ? 0 : 1;
}

function textOf(run: number): string {
	const random = randomNumbers(seed * 1_000_003 + run);
	return mutate(texts[Math.floor(random() * texts.length)] ?? '', random, texts);
}

/** `loaded`, `refused`, or what should not have happened. */
async function read(text: string): Promise<string> {
	writeFileSync(path.join(folder, 'compose.yaml'), text);
	const first = await readOnce();
	if (first.milliseconds <= hangMs) return first.outcome;
	const again = [await readOnce(), await readOnce(), await readOnce()].map(({ milliseconds }) => milliseconds);
	const shortest = Math.min(...again);
	return shortest > hangMs ? `takes ${shortest.toFixed(0)} ms (${first.outcome})` : first.outcome;
}

async function readOnce(): Promise<{ readonly outcome: string; readonly milliseconds: number }> {
	const start = performance.now();
	let outcome = 'loaded';
	try {
		const loaded = await loadProject(options);
		projectToJson(loaded.project);
		projectToYaml(loaded);
	} catch (error) {
		outcome = isForTheUser(error) ? 'refused' : `throws ${error instanceof Error ? error.stack : String(error)}`;
	}
	return { outcome, milliseconds: performance.now() - start };
}

function isForTheUser(error: unknown): boolean {
	return error instanceof LabcError && !/\n\s+at /.test(error.message);
}
