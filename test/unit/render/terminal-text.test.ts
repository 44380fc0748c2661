import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { carriedColour, hasControls, safeText } from '../../../src/render/terminal-text.ts';
import { cpuTimer } from '../../support/cpu-time.ts';

const cases: readonly { when: string; text: string; colour?: boolean; safe: string }[] = [
	{ when: 'it is plain', text: 'epoch 1\tloss 0.3', safe: 'epoch 1\tloss 0.3' },
	{ when: 'it holds characters of many bytes', text: 'größe 学習 🚀', safe: 'größe 学習 🚀' },
	{ when: 'colour is allowed', text: '\u001b[1;31merror\u001b[0m', colour: true, safe: '\u001b[1;31merror\u001b[0m' },
	{ when: 'colour is not allowed', text: '\u001b[1;31merror\u001b[m', safe: 'error' },
	{ when: 'colour is written with colons', text: '\u001b[38:5:1mx', colour: true, safe: '\u001b[38:5:1mx' },
	{ when: 'the cursor is moved', text: 'a\u001b[2J\u001b[1;1Hb', colour: true, safe: 'ab' },
	{ when: 'a private mode is set', text: 'a\u001b[?1049hb\u001b[>1mc', colour: true, safe: 'abc' },
	{ when: 'a title is set', text: 'a\u001b]0;root@bank\u0007b', safe: 'ab' },
	{ when: 'the clipboard is written', text: 'a\u001b]52;c;cm0gLXJm\u001b\\b', colour: true, safe: 'ab' },
	{ when: 'a link hides its address', text: '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', safe: 'text' },
	{ when: 'a string is never ended', text: 'a\u001b]0;all of this stays', safe: 'a0;all of this stays' },
	{ when: 'eight-bit controls are used', text: 'a\u009b2Jb\u009d0;t\u009cc', colour: true, safe: 'abc' },
	{ when: 'a device control string comes', text: 'a\u001bP1$r0m\u001b\\b', safe: 'ab' },
	{ when: 'the terminal is reset', text: 'a\u001bcb\u001b(0c', safe: 'abc' },
	{ when: 'backspaces rub out', text: 'rm -rf\b\b\b\b\b\bok', safe: 'rm -rfok' },
	{ when: 'the reading direction is turned', text: 'a\u202egnp.exe\u2066x\u2069', safe: 'agnp.exex' },
	{ when: 'an escape is the last character', text: 'a\u001b', safe: 'a' },
	{ when: 'a control sequence is never ended', text: 'a\u001b[12', safe: 'a12' },
];

describe('safeText', () => {
	for (const { when, text, colour = false, safe } of cases) {
		test(`when ${when}`, () => assert.equal(safeText(text, { colour }), safe));
	}

	const hostile = fc.string({
		unit: fc.constantFrom(
			'\u001b',
			'[',
			']',
			'0',
			';',
			'm',
			'H',
			'\u0007',
			'\\',
			'\u009b',
			'\u009d',
			'\u202e',
			'P',
			'é',
			'a',
		),
		maxLength: 60,
	});

	test('without colour no control is left, whatever comes', () => {
		fc.assert(
			fc.property(hostile, (text) => !hasControls(safeText(text, { colour: false }))),
			{ numRuns: 5000 },
		);
	});

	test('with colour only colour sequences are left, whatever comes', () => {
		fc.assert(
			fc.property(hostile, (text) => {
				const safe = safeText(text, { colour: true });
				return !hasControls(safe.replaceAll(new RegExp(`${'\u001b'}\\[[\\d;:]*m`, 'g'), ''));
			}),
			{ numRuns: 5000 },
		);
	});

	test('a megabyte of unended sequences takes no time to speak of', () => {
		for (const bait of ['\u001b]', '\u009d', '\u001b[1', '\u001b ']) {
			const cpuMs = cpuTimer();
			safeText(bait.repeat(500_000), { colour: true });
			assert.ok(cpuMs() < 2000, `${JSON.stringify(bait)} took ${cpuMs()} ms`);
		}
	});
});

describe('carriedColour', () => {
	const carries: readonly { when: string; before?: string; text: string; after: string }[] = [
		{ when: 'nothing is set', text: 'x', after: '' },
		{ when: 'colour is set and kept', text: '\u001b[31mx', after: '\u001b[31m' },
		{ when: 'colour is set and reset', text: '\u001b[31mx\u001b[0m', after: '' },
		{ when: 'the short reset is used', text: '\u001b[31mx\u001b[m', after: '' },
		{ when: 'attributes add up', before: '\u001b[1m', text: '\u001b[31mx', after: '\u001b[1m\u001b[31m' },
		{ when: 'there are too many to carry', text: '\u001b[31m'.repeat(100), after: '' },
	];
	for (const { when, before = '', text, after } of carries) {
		test(`when ${when}`, () => assert.equal(carriedColour(before, text), after));
	}
});
