import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { PublishedPort } from '../../../src/engine/container-api.ts';
import { createColours } from '../../../src/render/colours.ts';
import { cutMiddle, cutToWidth, displayWidth, padToWidth } from '../../../src/render/display-width.ts';
import { escapeControl } from '../../../src/render/escape-control.ts';
import { humanDuration, shortDuration } from '../../../src/render/human-duration.ts';
import { formatPorts } from '../../../src/render/port-list.ts';

const widths: readonly (readonly [text: string, width: number])[] = [
	['', 0],
	['abc', 3],
	['研究', 4],
	['ｱ', 1],
	['Ａ', 2],
	['한글', 4],
	['e\u0301', 1],
	['ö', 1],
	['✔', 1],
	['🚀', 2],
	['👩‍🔬', 2],
	['❤️', 2],
	['\u200b', 0],
	['⠋', 1],
	['…', 1],
];

describe('displayWidth', () => {
	for (const [text, width] of widths) {
		test(`of ${JSON.stringify(text)} is ${width}`, () => assert.equal(displayWidth(text), width));
	}

	test('adds up over words', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (a, b) => {
				assert.equal(displayWidth(`${a} ${b}`), displayWidth(a) + 1 + displayWidth(b));
			}),
		);
	});
});

describe('cutToWidth', () => {
	const cuts: readonly (readonly [text: string, width: number, cut: string])[] = [
		['abcdef', 6, 'abcdef'],
		['abcdef', 5, 'abcd…'],
		['研究室', 5, '研究…'],
		['研究室', 4, '研…'],
		['abc', 1, '…'],
		['abc', 0, ''],
		['abc', -3, ''],
	];
	for (const [text, width, cut] of cuts) {
		test(`cuts ${text} to ${width}`, () => assert.equal(cutToWidth(text, width), cut));
	}

	test('never passes the width, and leaves alone what fits', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, width) => {
				const cut = cutToWidth(text, width);
				assert.ok(displayWidth(cut) <= width);
				if (displayWidth(text) <= width) assert.equal(cut, text);
			}),
		);
	});

	test('and padding meet at the width', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
				assert.equal(displayWidth(padToWidth(cutToWidth(text, width), width)), width);
			}),
		);
	});
});

describe('cutMiddle', () => {
	const cuts: readonly (readonly [text: string, width: number, cut: string])[] = [
		['lab-trainer-1', 13, 'lab-trainer-1'],
		['lab-trainer-1', 12, 'lab-tr…ner-1'],
		['lab-trainer-1', 3, 'l…1'],
		['研究室-データ-1', 8, '研究…-1'],
		['研究室-データ-1', 6, '研…-1'],
		['lab', 1, '…'],
		['lab', 0, ''],
	];
	for (const [text, width, cut] of cuts) {
		test(`cuts ${text} to ${width}`, () => assert.equal(cutMiddle(text, width), cut));
	}

	test('never passes the width, and leaves alone what fits', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, width) => {
				const cut = cutMiddle(text, width);
				assert.ok(displayWidth(cut) <= width);
				if (displayWidth(text) <= width) assert.equal(cut, text);
			}),
		);
	});
});

const durations: readonly (readonly [seconds: number, text: string])[] = [
	[-4, 'Less than a second'],
	[0, 'Less than a second'],
	[0.9, 'Less than a second'],
	[1, '1 second'],
	[59, '59 seconds'],
	[60, 'About a minute'],
	[119, 'About a minute'],
	[120, '2 minutes'],
	[3599, '59 minutes'],
	[3600, 'About an hour'],
	[5399, 'About an hour'],
	[5400, '2 hours'],
	[47 * 3600, '47 hours'],
	[48 * 3600, '2 days'],
	[13 * 86_400, '13 days'],
	[14 * 86_400, '2 weeks'],
	[59 * 86_400, '8 weeks'],
	[60 * 86_400, '2 months'],
	[729 * 86_400, '24 months'],
	[730 * 86_400, '2 years'],
];

describe('humanDuration', () => {
	for (const [seconds, text] of durations) {
		test(`writes ${seconds} s as \`${text}\``, () => assert.equal(humanDuration(seconds), text));
	}
});

describe('shortDuration', () => {
	for (const [seconds, text] of [
		[-4, '0s'],
		[59.9, '59s'],
		[60, '1m'],
		[3599, '59m'],
		[3600, '1h'],
		[47 * 3600, '47h'],
		[48 * 3600, '2d'],
		[400 * 86_400, '400d'],
	] as const) {
		test(`writes ${seconds} s as ${text}`, () => assert.equal(shortDuration(seconds), text));
	}
});

const port = (text: string): PublishedPort => {
	const [, ip, publicPort, privatePort, type = 'tcp'] = /^(?:(.*)@(\d+)>)?(\d+)(?:\/(\w+))?$/.exec(text) ?? [];
	return {
		type,
		privatePort: Number(privatePort),
		...(ip === undefined ? {} : { ip, publicPort: Number(publicPort) }),
	};
};

const ports: readonly (readonly [ports: string, text: string])[] = [
	['', ''],
	['80', '80/tcp'],
	['9002 9000 9001', '9000-9002/tcp'],
	['53/udp 53', '53/tcp, 53/udp'],
	['127.0.0.1@8889>8888', '127.0.0.1:8889->8888/tcp'],
	['0.0.0.0@80>80 ::@80>80', '0.0.0.0:80->80/tcp, [::]:80->80/tcp'],
	['0.0.0.0@81>81 0.0.0.0@80>80', '0.0.0.0:80-81->80-81/tcp'],
	[
		'0.0.0.0@18981>22 ::@18981>22 127.0.0.1@18980>8080 9000',
		'9000/tcp, 0.0.0.0:18981->22/tcp, [::]:18981->22/tcp, 127.0.0.1:18980->8080/tcp',
	],
];

describe('formatPorts', () => {
	for (const [list, text] of ports) {
		test(`writes \`${list}\``, () => assert.equal(formatPorts(list.split(' ').filter(Boolean).map(port)), text));
	}
});

describe('escapeControl', () => {
	const cases: readonly (readonly [text: string, shown: string])[] = [
		['plain 研究 🚀\n\ttext', 'plain 研究 🚀\n\ttext'],
		['\u001b[31mred', '\\x1b[31mred'],
		['a\rb\u0007\u0000', 'a\\x0db\\x07\\x00'],
		['\u009b31m', '\\x9b31m'],
		['\u202eabc\u2069', '\\u202eabc\\u2069'],
	];
	for (const [text, shown] of cases) {
		test(`shows ${JSON.stringify(text)}`, () => assert.equal(escapeControl(text), shown));
	}
});

describe('createColours', () => {
	test('writes no escape byte when off', () => {
		for (const colour of Object.values(createColours(false))) assert.equal(colour('x'), 'x');
	});
	test('ends each colour where it began', () => {
		const { red, dim } = createColours(true);
		assert.equal(red('x'), '\u001b[31mx\u001b[39m');
		assert.equal(dim(''), '');
	});
});
