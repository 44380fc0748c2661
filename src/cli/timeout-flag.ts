import type { Flag } from './command.ts';

/** `--timeout` of the commands that stop containers. */
export const timeoutFlag = {
	type: 'integer',
	short: 't',
	value: 'SECONDS',
	summary: 'Time a container gets to stop',
} as const satisfies Flag;
