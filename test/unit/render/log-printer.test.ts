import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLogPrinter, type LogPrinter, type LogStyle } from '../../../src/render/log-printer.ts';

const plain: LogStyle = { prefix: true, colour: false, terminal: false, separateStderr: false };

async function printed(
	style: Partial<LogStyle>,
	write: (printer: LogPrinter) => void | Promise<void>,
): Promise<{ readonly out: string; readonly err: string }> {
	const taken = { out: '', err: '' };
	const printer = createLogPrinter(
		{
			async out(text) {
				taken.out += String(text);
			},
			async err(text) {
				taken.err += String(text);
			},
		},
		{ ...plain, ...style },
	);
	await write(printer);
	await printer.flush();
	return taken;
}

const bytes = (text: string): Buffer => Buffer.from(text);
const web = { name: 'web-1', service: 'web' };

describe('a log printer', () => {
	test('puts both streams on the output, behind aligned names', async () => {
		const { out, err } = await printed({}, (printer) => {
			printer.expect('database-1');
			const stream = printer.open(web);
			stream.write('stdout', bytes('a\n'));
			stream.write('stderr', bytes('b\n'));
			printer.open({ name: 'database-1', service: 'database' }).write('stdout', bytes('c\n'));
		});
		assert.equal(out, 'web-1       | a\nweb-1       | b\ndatabase-1  | c\n');
		assert.equal(err, '');
	});

	test('keeps the error output apart where that is asked for', async () => {
		const { out, err } = await printed({ separateStderr: true }, (printer) => {
			const stream = printer.open(web);
			stream.write('stdout', bytes('a\n'));
			stream.write('stderr', bytes('b\n'));
		});
		assert.deepEqual([out, err], ['web-1  | a\n', 'web-1  | b\n']);
	});

	test('does not mix the halves of lines of two streams', async () => {
		const { out } = await printed({}, (printer) => {
			const stream = printer.open(web);
			stream.write('stdout', bytes('out'));
			stream.write('stderr', bytes('err\n'));
			stream.write('stdout', bytes('put\n'));
		});
		assert.equal(out, 'web-1  | err\nweb-1  | output\n');
	});

	test('prints a last line without a line feed before the notice that follows it', async () => {
		const { out } = await printed({}, async (printer) => {
			const stream = printer.open(web);
			stream.write('stdout', bytes('bye'));
			stream.end();
			await printer.notice('web-1 exited with code 3');
		});
		assert.equal(out, 'web-1  | bye\nweb-1 exited with code 3\n');
	});

	test('lets raw bytes through only where no terminal reads them', async () => {
		const text = 'a\u001b]0;title\u0007\n';
		const write = (printer: LogPrinter): void => void printer.open(web).write('stdout', bytes(text));
		assert.equal((await printed({ prefix: false }, write)).out, text);
		assert.equal((await printed({ prefix: false, terminal: true }, write)).out, 'a\n');
		assert.equal((await printed({}, write)).out, 'web-1  | a\n');
	});

	test('writes no escape at all where colour is off', async () => {
		const { out } = await printed({}, async (printer) => {
			printer.open(web).write('stdout', bytes('\u001b[31mred\u001b[0m \u001b[K\n'));
			await printer.notice('web\u001b[2J-1 exited with code 0');
		});
		assert.ok(!out.includes('\u001b'), JSON.stringify(out));
	});
});
