import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gpuQueueRows } from '../../../src/cli/gpu-queue-output.ts';
import { gpuWait } from '../../../src/cli/gpu-tools.ts';
import { formatRows } from '../../../src/cli/listing-format.ts';
import type { Owner } from '../../../src/lock/owner.ts';
import type { SeenTicket } from '../../../src/queue/queue.ts';
import { ask, gib, uuid, waiting, wish } from '../../support/gpu-cases.ts';

const owner: Owner = {
	...{ host: 'lab-box', machine: 'm', boot: 'b', namespace: 'n', pid: 4711, started: '1', user: 'ann', token: 't' },
};
const all = ask('c', { wish: wish({ all: true }) });
const tickets: readonly SeenTicket[] = [
	{ ...waiting(1, ask('a'), ask('b')), owner, user: 'ann', project: 'lab', since: 940, standing: 'alive' },
	{
		...waiting(2, ask('a', { wish: wish({ count: 2, named: ['4:1'] }), terms: { share: true, memory: gib } })),
		owner: { ...owner, host: 'other-box' },
		user: 'ben',
		standing: 'unknown',
	},
	{ ...waiting(3, all), owner, user: 'ann', standing: 'dead' },
	{ number: 4, asks: undefined, owner: undefined, standing: 'unknown' },
];
const rows = gpuQueueRows(1000);

describe('the list of who waits for GPUs', () => {
	test('is a table, the first one first', () => {
		const lines = formatRows(tickets, rows, { format: 'table' }).trimEnd().split('\n');
		assert.deepEqual(
			lines.map((line) => line.trimEnd().replaceAll(/ {2,}/g, ' | ')),
			[
				'TICKET | GPUS | USER | PROJECT | SINCE | PROCESS | STATE',
				'1 | 2 GPUs | ann | lab | 1m ago | 4711 on lab-box | waiting',
				'2 | 1 GPU and MIG slice 4:1 | ben | 4711 on other-box | unknown',
				'3 | all | ann | 4711 on lab-box | ended',
				'4 | unknown | unknown',
			],
		);
	});

	for (const [named, text] of [
		['0', 'GPU 0'],
		['4:1', 'MIG slice 4:1'],
		[uuid(3), 'GPU-00000003…'],
		['nvidia.com/gpu=2', 'nvidia.com/gpu=2'],
	] as const) {
		test(`tells that ${named} is asked for by name, and not so many`, () => {
			const [ticket] = tickets.map((one) => ({ ...one, ...waiting(1, ask('a', { wish: wish({ named: [named] }) })) }));
			const [, line = ''] = formatRows(ticket === undefined ? [] : [ticket], rows, { format: 'table' }).split('\n');
			assert.equal(line.split(/ {2,}/)[1], text);
		});
	}

	test('is an object a line for programs', () => {
		const [, second, , last] = formatRows(tickets, rows, { format: 'json' }).split('\n');
		assert.deepEqual(JSON.parse(second ?? ''), {
			Ticket: 2,
			State: 'unknown',
			User: 'ben',
			Project: null,
			Host: 'other-box',
			Process: 4711,
			Since: null,
			Asks: [{ Key: 'a', Vendor: 'nvidia', Count: 2, All: false, Named: ['4:1'], Share: true, Memory: gib }],
		});
		assert.partialDeepStrictEqual(JSON.parse(last ?? ''), { Ticket: 4, Asks: null, Host: null });
	});
});

describe('--gpu-wait', () => {
	const accepted: readonly { readonly text: string | undefined; readonly wait: object }[] = [
		{ text: undefined, wait: {} },
		{ text: '', wait: { gpuWait: {} } },
		{ text: '90', wait: { gpuWait: { timeoutSeconds: 90 } } },
		{ text: '1h30m', wait: { gpuWait: { timeoutSeconds: 5400 } } },
		{ text: '500ms', wait: { gpuWait: { timeoutSeconds: 0.5 } } },
		{ text: '24d', wait: { gpuWait: { timeoutSeconds: 24 * 86_400 } } },
	];
	for (const { text, wait } of accepted)
		test(`understands \`${text}\``, () => assert.deepEqual(gpuWait(text, {}), wait));

	for (const text of ['soon', '0', '-5s', '25d', '1.5']) {
		test(`refuses \`${text}\``, () =>
			assert.throws(() => gpuWait(text, {}), { code: 'USAGE_INVALID', message: /takes a time such as 90s or 2h/ }));
	}
});
