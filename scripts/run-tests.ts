/**
 * Runs the test layers one after the other and prints, for each, what it counted and how long it took.
 * `node scripts/run-tests.ts [LAYER…]`; without names, all of them. The last line is `N passed, N failed`.
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';

interface Layer {
	readonly name: string;
	/** Files at a time. Layers that share one engine go gently on it. */
	readonly concurrency: number;
	/** Longest time for one file; `npm run laws` and busy machines need their room too. */
	readonly timeoutMs: number;
}

interface Outcome {
	passed: number;
	failed: number;
	skipped: number;
	seconds: number;
}

const layers: readonly Layer[] = [
	{ name: 'unit', concurrency: 2, timeoutMs: 60_000 },
	{ name: 'golden', concurrency: 2, timeoutMs: 60_000 },
	{ name: 'property', concurrency: 2, timeoutMs: 1_200_000 },
	{ name: 'engine', concurrency: 2, timeoutMs: 300_000 },
	{ name: 'differential', concurrency: 1, timeoutMs: 1_200_000 },
	{ name: 'scenario', concurrency: 1, timeoutMs: 900_000 },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => layers.every((layer) => layer.name !== name));
if (unknown.length > 0) {
	process.stderr.write(`no test layer ${unknown.join(', ')}: there are ${layers.map(({ name }) => name).join(', ')}\n`);
	process.exit(1);
}

const outcomes = new Map<string, Outcome>();
for (const layer of layers) {
	if (asked.length === 0 || asked.includes(layer.name)) outcomes.set(layer.name, await runLayer(layer));
}
report();

async function runLayer({ name, concurrency, timeoutMs }: Layer): Promise<Outcome> {
	const files = globSync(`test/${name}/**/*.test.ts`).map((file) => path.resolve(file));
	const outcome: Outcome = { passed: 0, failed: 0, skipped: 0, seconds: 0 };
	const start = performance.now();
	process.stdout.write(`── ${name}: ${files.length} files\n`);
	for await (const event of run({
		files,
		concurrency,
		timeout: timeoutMs,
		execArgv: ['--disable-warning=ExperimentalWarning'],
	})) {
		if (event.type === 'test:pass' || event.type === 'test:fail') count(event, outcome);
		else if (event.type === 'test:stderr') process.stderr.write(event.data.message);
	}
	outcome.seconds = (performance.now() - start) / 1000;
	return outcome;
}

interface TestEvent {
	readonly type: 'test:pass' | 'test:fail';
	readonly data: {
		readonly name: string;
		readonly file?: string | undefined;
		readonly skip?: string | boolean | undefined;
		readonly todo?: string | boolean | undefined;
		readonly details: { readonly type?: string | undefined; readonly error?: unknown };
	};
}

/** Suites only group; a failure of the suite itself (a hook, a file that does not load) counts all the same. */
function count({ type, data }: TestEvent, outcome: Outcome): void {
	const isSuite = data.details.type === 'suite';
	if (type === 'test:fail') {
		if (isSuite && isOnlySubtestFailure(data.details.error)) return;
		outcome.failed += 1;
		process.stdout.write(
			`FAILED ${data.file === undefined ? '' : path.relative('.', data.file)}: ${data.name}\n${messageOf(data.details.error)}\n`,
		);
	} else if (data.skip !== undefined && data.skip !== false) {
		outcome.skipped += 1;
		process.stdout.write(`skipped: ${data.name}: ${String(data.skip)}\n`);
	} else if (!isSuite) {
		outcome.passed += 1;
	}
}

function isOnlySubtestFailure(error: unknown): boolean {
	return error instanceof Error && 'failureType' in error && error.failureType === 'subtestsFailed';
}

function messageOf(error: unknown): string {
	const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
	const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
	return text.replace(/^/gm, '    ');
}

function report(): void {
	const total: Outcome = { passed: 0, failed: 0, skipped: 0, seconds: 0 };
	process.stdout.write('\nlayer          passed  failed  skipped  seconds\n');
	for (const [name, outcome] of outcomes) {
		process.stdout.write(row(name, outcome));
		total.passed += outcome.passed;
		total.failed += outcome.failed;
		total.skipped += outcome.skipped;
		total.seconds += outcome.seconds;
	}
	process.stdout.write(row('all', total));
	const skipped = total.skipped === 0 ? '' : `, ${total.skipped} skipped`;
	process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
	process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

function row(name: string, { passed, failed, skipped, seconds }: Outcome): string {
	const cells = [
		String(passed).padStart(6),
		String(failed).padStart(6),
		String(skipped).padStart(7),
		seconds.toFixed(1).padStart(7),
	];
	return `${name.padEnd(13)}  ${cells.join('  ')}\n`;
}
