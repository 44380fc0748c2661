import type { Behaviour } from '../../support/in-memory-engine.ts';

/** What the suite's commands do, for engines that can't run them. */
export const contractCommands: Readonly<Record<string, Behaviour>> = {
	'sleep 60': {},
	'sh -c echo out; echo err >&2; exit 3': { stdout: 'out\n', stderr: 'err\n', exitAfterMs: 1, exitCode: 3 },
	'sh -c exit 7': { exitCode: 7 },
	'sh -c echo inside': { stdout: 'inside\n' },
};

/** Prints on both streams and fails. */
export const printing = ['sh', '-c', 'echo out; echo err >&2; exit 3'];
