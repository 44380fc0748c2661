import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Emit } from '../../../src/events/event.ts';
import { createLogPrinter } from '../../../src/render/log-printer.ts';
import { hookLines } from '../../../src/use-cases/hook-lines.ts';

type Told = Parameters<Emit>[0];

function listening(separator?: '_') {
	const lines = hookLines({ name: 'lab', ...(separator && { separator }) }, (service) => service !== 'hidden');
	const told: Told[] = [];
	let out = '';
	const take = async (text: string | Uint8Array): Promise<void> => {
		out += Buffer.from(text).toString();
	};
	const style = { prefix: true, colour: false, terminal: false, separateStderr: true };
	return {
		emit: lines.pass((event) => told.push(event)),
		told,
		open: () => lines.usePrinter(createLogPrinter({ out: take, err: take }, style)),
		written: async () => {
			await new Promise((resolve) => setImmediate(resolve));
			return out;
		},
	};
}

const output = (text: string, service = 'web', container = `lab-${service}-1`): Told => ({
	type: 'hook.output',
	service,
	container,
	bytes: Buffer.from(text),
});

describe('hookLines', () => {
	test('what a hook writes stands behind its container’s name and an arrow', async () => {
		const { emit, open, written } = listening();
		open();
		emit(output('one\ntwo\n'));
		assert.equal(await written(), 'web-1 ->  | one\nweb-1 ->  | two\n');
	});

	test('the name is short with the other separator too, and one’s own stays whole', async () => {
		const { emit, open, written } = listening('_');
		open();
		emit(output('x\n', 'web', 'lab_web_1'));
		emit(output('y\n', 'web', 'mine'));
		assert.equal(await written(), 'web_1 ->  | x\nmine ->   | y\n');
	});

	test('a service whose output is not shown has quiet hooks', async () => {
		const { emit, open, written } = listening();
		open();
		emit(output('x\n', 'hidden'));
		assert.equal(await written(), '');
	});

	test('before there is a printer nothing is printed, and other events pass', async () => {
		const { emit, told, written } = listening();
		emit(output('x\n'));
		emit({ type: 'warning', message: 'w' });
		assert.deepEqual([told, await written()], [[{ type: 'warning', message: 'w' }], '']);
	});
});
