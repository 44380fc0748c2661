import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { enterRawMode, type RawTerminalHost } from '../../../src/cli/raw-terminal.ts';

interface FakeHost extends RawTerminalHost {
	readonly calls: string[];
	/** As a crash or SIGHUP does. */
	end(): void;
	readonly listeners: Set<() => void>;
	readonly hangUpListeners: Set<() => void>;
	hangUp(): void;
}

function fakeHost({ failAt }: { readonly failAt?: string } = {}): FakeHost {
	const calls: string[] = [];
	const listeners = new Set<() => void>();
	const hangUpListeners = new Set<() => void>();
	return {
		hangUpListeners,
		calls,
		listeners,
		end: () => {
			for (const listener of [...listeners]) listener();
		},
		stdin: { setRawMode: (on) => calls.push(`raw mode ${on ? 'on' : 'off'}`) },
		stty(args) {
			calls.push(`stty ${args.join(' ')}`);
			if (args[0] === failAt) throw new Error('stty: not found');
			return args[0] === '-g' ? 'saved:settings\n' : '';
		},
		onEnd(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		onHangUp(listener) {
			hangUpListeners.add(listener);
			return () => hangUpListeners.delete(listener);
		},
		hangUp: () => {
			for (const listener of [...hangUpListeners]) listener();
		},
	};
}

const entered = ['stty -g', 'raw mode on', 'stty raw -echo'];
const restored = ['raw mode off', 'stty saved:settings'];

describe('raw mode', () => {
	test('turns off all processing and puts back what was saved', () => {
		const host = fakeHost();
		const raw = enterRawMode(host);
		assert.deepEqual(host.calls, entered);
		raw.restore();
		assert.deepEqual(host.calls, [...entered, ...restored]);
	});

	test('is put back once, however often that is asked for', () => {
		const host = fakeHost();
		const raw = enterRawMode(host);
		raw.restore();
		raw.restore();
		host.end();
		assert.deepEqual(host.calls, [...entered, ...restored]);
		assert.equal(host.listeners.size, 0);
	});

	test('is put back when the process ends on its own', () => {
		const host = fakeHost();
		enterRawMode(host);
		host.end();
		assert.deepEqual(host.calls, [...entered, ...restored]);
	});

	test('tells when the line is cut, for as long as it lasts', () => {
		const host = fakeHost();
		const raw = enterRawMode(host);
		assert.equal(raw.hungUp.aborted, false);
		host.hangUp();
		assert.equal(raw.hungUp.aborted, true);
		raw.restore();
		assert.equal(host.hangUpListeners.size, 0);
	});

	test('changes nothing where there is no `stty`, and says what to do', () => {
		const host = fakeHost({ failAt: '-g' });
		assert.throws(() => enterRawMode(host), { code: 'TERMINAL_UNAVAILABLE', hint: /coreutils.*-T/ });
		assert.deepEqual(host.calls, ['stty -g']);
	});

	test('is put back where it can be entered only halfway', () => {
		const host = fakeHost({ failAt: 'raw' });
		assert.throws(() => enterRawMode(host), { code: 'TERMINAL_UNAVAILABLE' });
		assert.deepEqual(host.calls, [...entered, ...restored]);
		assert.equal(host.listeners.size, 0);
	});
});
