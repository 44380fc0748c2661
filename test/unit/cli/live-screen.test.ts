import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLiveScreen } from '../../../src/cli/live-screen.ts';

/** Keeps what was written, a text a write, and ends the process when it is told to. */
function fakeHost() {
	const written: string[] = [];
	const listeners = new Set<() => void>();
	return {
		written,
		end() {
			for (const listener of listeners) listener();
		},
		host: {
			write: async (text: string) => void written.push(text),
			writeAtOnce: (text: string) => void written.push(`at once: ${text}`),
			onEnd(listener: () => void) {
				listeners.add(listener);
				return () => void listeners.delete(listener);
			},
		},
	};
}

const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';

test('a picture is one write that erases nothing before it stands there', async () => {
	const { host, written } = fakeHost();
	const screen = await openLiveScreen(host);
	await screen.draw(['one', 'two']);
	assert.deepEqual(written, [enter, '\u001b[Hone\u001b[K\r\ntwo\u001b[K\u001b[J']);
});

test('closing gives the terminal back, once', async () => {
	const { host, written, end } = fakeHost();
	const screen = await openLiveScreen(host);
	await screen.close();
	end();
	assert.deepEqual(written, [enter, leave]);
});

test('a process that ends otherwise gives it back, too', async () => {
	const { host, written, end } = fakeHost();
	await openLiveScreen(host);
	end();
	assert.deepEqual(written, [enter, `at once: ${leave}`]);
});
