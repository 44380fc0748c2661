/**
 * What hostile input costs: `node scripts/hostile-table.ts [LABC]` lets the executable read each one and prints input,
 * milliseconds by the clock and of the processor, peak memory, status and message. Ends with 1 where a row is not as
 * expected, or takes more than 500 ms of the processor or 200 MiB; large inputs may take 5000 ms and 600 MiB.
 */
import path from 'node:path';
import { attack } from '../test/support/hostile-folder.ts';
import { hostileInputs } from '../test/support/hostile-inputs.ts';

const labc = path.resolve(process.argv[2] ?? 'dist/labc');
process.stdout.write(`${'input'.padEnd(40)}   ms   cpu  MiB  status  message\n`);
let failed = 0;
for (const input of hostileInputs) {
	const { status, stderr, milliseconds, processorMilliseconds, peakMebibytes } = await attack(input, {
		labc,
		timeoutMs: 20_000,
	});
	const bounds = input.isLarge === true ? { cpu: 5000, mebibytes: 600 } : { cpu: 500, mebibytes: 200 };
	const isOver = processorMilliseconds > bounds.cpu || peakMebibytes > bounds.mebibytes;
	const isExpected = isAsExpected(input.says, status, stderr);
	if (isOver || !isExpected) failed += 1;
	const cells = [
		input.name.padEnd(40),
		milliseconds.toFixed(0).padStart(4),
		processorMilliseconds.toFixed(0).padStart(5),
		peakMebibytes.toFixed(0).padStart(4),
		String(status).padStart(7),
		`${isExpected ? '' : ' (NOT AS EXPECTED)'}${isOver ? ' (OVER ITS BOUNDS)' : ''}`,
		` ${(stderr.split('\n')[0] ?? '').slice(0, 100)}`,
	];
	process.stdout.write(`${cells.join(' ')}\n`);
}

process.exitCode = failed === 0 ? 0 : 1;

function isAsExpected(says: RegExp | undefined, status: number | null, stderr: string): boolean {
	return says === undefined ? status === 0 : status === 1 && says.test(stderr);
}
