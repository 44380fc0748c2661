import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLogLines, type LogLineRules } from '../../../src/render/log-lines.ts';

const plain: LogLineRules = { colour: false, raw: false };
const coloured: LogLineRules = { colour: true, raw: false };
const raw: LogLineRules = { colour: false, raw: true };

function print(chunks: readonly string[], rules: LogLineRules, prefix: string): string {
	const lines = createLogLines(rules);
	const pushed = chunks.map((chunk) => lines.push(Buffer.from(chunk), prefix));
	return [...pushed, lines.end(prefix)].map(String).join('');
}

const red = '\u001b[31m';
const reset = '\u001b[0m';

const cases: readonly {
	when: string;
	chunks: readonly string[];
	rules?: LogLineRules;
	prefix?: string;
	printed: string;
}[] = [
	{ when: 'two lines come at once', chunks: ['a\nb\n'], printed: 'w | a\nw | b\n' },
	{ when: 'a line is empty', chunks: ['\n\na\n'], printed: 'w | \nw | \nw | a\n' },
	{ when: 'the last line is not ended', chunks: ['a\nb'], printed: 'w | a\nw | b\n' },
	{ when: 'a line comes in parts', chunks: ['a', 'b\n'], printed: 'w | ab\n' },
	{ when: 'lines end as a terminal ends them', chunks: ['a\r\nb\r\n'], printed: 'w | a\nw | b\n' },
	{ when: 'a line is only a carriage return', chunks: ['\r\n'], printed: 'w | \n' },
	{ when: 'a progress bar rewrites its line', chunks: ['1%\r50%\r100%\n'], printed: 'w | 1%\nw | 50%\nw | 100%\n' },
	{ when: 'the text would move the cursor', chunks: ['a\u001b[1Ab\n'], printed: 'w | ab\n' },
	{ when: 'colour is not allowed', chunks: [`${red}a${reset}\n`], printed: 'w | a\n' },
	{
		when: 'colour is allowed',
		chunks: [`${red}a${reset}\n`],
		rules: coloured,
		printed: `w | ${red}a${reset}${reset}\n`,
	},
	{
		when: 'colour goes on over lines and does not reach the prefix',
		chunks: [`${red}a\nb\n`, `c${reset}\nd\n`],
		rules: coloured,
		printed: `w | ${red}a${reset}\nw | ${red}b${reset}\nw | ${red}c${reset}${reset}\nw | d\n`,
	},
	{ when: 'there is no prefix', chunks: ['a\nb\n'], prefix: '', printed: 'a\nb\n' },
	{ when: 'it is raw', chunks: ['a\u001b[1A\r\n'], rules: raw, prefix: '', printed: 'a\u001b[1A\r\n' },
];

describe('log lines', () => {
	for (const { when, chunks, rules = plain, prefix = 'w | ', printed } of cases) {
		test(`when ${when}`, () => assert.equal(print(chunks, rules, prefix), printed));
	}

	test('raw lines without a prefix pass byte for byte, also where they are no UTF-8', () => {
		const bytes = Buffer.from([0xff, 0xfe, 0x0a]);
		assert.deepEqual(createLogLines(raw).push(bytes, ''), bytes);
	});
});
