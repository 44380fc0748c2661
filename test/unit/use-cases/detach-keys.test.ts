import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createDetachKeys, parseDetachKeys } from '../../../src/use-cases/detach-keys.ts';

const P = '\u0010';
const Q = '\u0011';

/** What is passed on; `|` marks that the user left. */
function type(...pieces: readonly string[]): string {
	const keys = createDetachKeys();
	let passed = '';
	for (const piece of pieces) {
		const taken = keys.take(Buffer.from(piece));
		passed += Buffer.from(taken.passed).toString();
		if (taken.detached) return `${passed}|`;
	}
	return passed;
}

const cases: readonly { when: string; pieces: readonly string[]; passed: string }[] = [
	{ when: 'nothing special is typed', pieces: ['ls\r'], passed: 'ls\r' },
	{ when: 'both keys come at once', pieces: [`ls${P}${Q}rest`], passed: 'ls|' },
	{ when: 'the keys come one after the other', pieces: ['ls', P, Q], passed: 'ls|' },
	{ when: 'the first key is followed by another', pieces: [P, 'x'], passed: `${P}x` },
	{ when: 'the first key is typed twice, then the second', pieces: [P, P, Q], passed: `${P}|` },
	{ when: 'the second key comes alone', pieces: [Q, 'x'], passed: `${Q}x` },
	{ when: 'the keys are apart', pieces: [P, 'x', Q], passed: `${P}x${Q}` },
	{ when: 'the first key ends a piece of text', pieces: [`a${P}`, 'b'], passed: `a${P}b` },
];

describe('detach keys', () => {
	for (const { when, pieces, passed } of cases) {
		test(`when ${when}`, () => assert.equal(type(...pieces), passed));
	}
});

describe("keys of one's own", () => {
	const written: readonly { text: string; codes: readonly number[] | undefined }[] = [
		{ text: 'ctrl-p,ctrl-q', codes: [16, 17] },
		{ text: 'CTRL-A', codes: [1] },
		{ text: 'ctrl-@,ctrl-[,ctrl-_', codes: [0, 27, 31] },
		{ text: 'a,b,c', codes: [97, 98, 99] },
		{ text: 'ctrl-', codes: undefined },
		{ text: 'ab', codes: undefined },
		{ text: '', codes: undefined },
	];
	for (const { text, codes } of written) {
		test(`\`${text}\` are ${codes ?? 'none'}`, () => {
			assert.deepEqual(parseDetachKeys(text), codes && Uint8Array.from(codes));
		});
	}

	test('are watched for instead, also where they begin again in themselves', () => {
		const keys = createDetachKeys(parseDetachKeys('x,x,y'));
		const passed = ['a', 'x', 'x', 'x', 'y'].map((key) => keys.take(Buffer.from(key)));
		assert.equal(passed.map((taken) => Buffer.from(taken.passed).toString()).join(''), 'ax');
		assert.equal(passed.at(-1)?.detached, true);
	});
});
