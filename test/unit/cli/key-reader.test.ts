import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, test } from 'node:test';
import { isInForeground, readKeys } from '../../../src/cli/key-reader.ts';

function fakeTerminal() {
	const log: string[] = [];
	let end: (() => void) | undefined;
	const input = Object.assign(new EventEmitter(), {
		resume: () => void log.push('resume'),
		pause: () => void log.push('pause'),
	});
	const host = {
		stty(args: readonly string[]): string {
			log.push(`stty ${args.join(' ')}`);
			return args[0] === '-g' ? 'saved\n' : '';
		},
		onEnd(listener: () => void) {
			end = listener;
			return () => {
				end = undefined;
			};
		},
	};
	return { log, input, host, end: () => end?.(), listens: () => end !== undefined };
}

describe('keys', () => {
	test('come one by one, and the terminal is put back', () => {
		const { log, input, host, listens } = fakeTerminal();
		const keys: string[] = [];
		const stop = readKeys(host, input, (key) => keys.push(key));
		input.emit('data', Buffer.from('wé'));
		input.emit('data', Buffer.from('\n'));
		assert.deepEqual(keys, ['w', 'é', '\n']);
		stop?.();
		stop?.();
		input.emit('data', Buffer.from('x'));
		assert.equal(keys.length, 3);
		assert.deepEqual(log, ['stty -g', 'stty -icanon -echo susp undef min 1', 'resume', 'pause', 'stty saved']);
		assert.equal(listens(), false);
	});

	test('leave the terminal as it was where the process ends', () => {
		const { log, input, host, end } = fakeTerminal();
		readKeys(host, input, () => undefined);
		end();
		assert.equal(log.at(-1), 'stty saved');
	});

	test('are not read where the terminal can’t be prepared', () => {
		const { input, host } = fakeTerminal();
		const broken = {
			...host,
			stty: () => {
				throw new Error('no stty');
			},
		};
		assert.equal(
			readKeys(broken, input, () => undefined),
			undefined,
		);
		assert.equal(input.listenerCount('data'), 0);
	});

	const stats: readonly { readonly when: string; readonly stat: string; readonly isOurs: boolean }[] = [
		{ when: 'its group is the terminal’s', stat: '7 (labc) S 1 7 5 34816 7 4194304', isOurs: true },
		{ when: 'another group is', stat: '7 (labc) S 1 7 5 34816 9 4194304', isOurs: false },
		{ when: 'its name has brackets and blanks', stat: '7 (a) b (c) S 1 7 5 34816 7 4194304', isOurs: true },
	];
	for (const { when, stat, isOurs } of stats) {
		test(`a job ${isOurs ? 'is' : 'is not'} in the foreground where ${when}`, () => {
			assert.equal(
				isInForeground(() => stat),
				isOurs,
			);
		});
	}

	test('a job is in the foreground where nobody can tell', () => {
		assert.equal(
			isInForeground(() => {
				throw new Error('no /proc');
			}),
			true,
		);
	});
});
