import type { Flags } from './command.ts';

/** Of `up` and `run`. */
export const gpuFlags = {
	gpus: { type: 'string', value: 'optional|none', summary: 'Do without GPUs if there are none, or anyway' },
	'gpu-wait': {
		type: 'string',
		value: 'TIMEOUT',
		valueIsOptional: true,
		valueLooksLike: /^\d+$|^(\d+(\.\d+)?(ms|[smhdw]))+$/,
		summary: 'Queue for GPUs, so long or to the end',
	},
} as const satisfies Flags;
