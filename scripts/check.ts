/**
 * `npm run check`: everything that needs no engine. Each check runs on its own and all of them are reported.
 * `--no-tests` leaves the tests out, for where they run anyway.
 */
import { spawnSync } from 'node:child_process';

const withTests = !process.argv.includes('--no-tests');

const checks: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
	['types', 'tsc', '-p', '.'],
	['lint', 'biome', 'ci', '--colors=off', '--error-on-warnings', '.'],
	['dead code', 'knip'],
	['import layers', 'node', 'scripts/check-layers.ts'],
	['generated files', 'node', 'scripts/generate-validator.ts', '--check'],
	...(withTests ? [['unit tests', 'node', 'scripts/run-tests.ts', 'unit'] as const] : []),
];

let failed = 0;
for (const [name, command, ...args] of checks) {
	const start = performance.now();
	const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
	if (status !== 0) {
		failed += 1;
		process.stdout.write(`${stdout}${stderr}`.replace(/^/gm, '     '));
	}
}
process.exitCode = failed === 0 ? 0 : 1;
