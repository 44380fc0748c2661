import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Findings } from '../../../src/errors/findings.ts';
import { readEnv } from '../../../src/sources/env-grammar.ts';

const host = new Map([
	['HOST', 'host'],
	['BOTH', 'host'],
]);

function read(text: string): { values: Record<string, string>; findings: Findings } {
	const findings = new Findings();
	const into = new Map<string, string>();
	readEnv({ path: '.env', text }, { lookup: (name) => host.get(name), into, findings });
	return { values: Object.fromEntries(into), findings };
}

describe('readEnv', () => {
	const cases: readonly { when: string; text: string; values: Record<string, string> }[] = [
		{ when: 'a line is plain', text: 'A=1\nB=two words\n', values: { A: '1', B: 'two words' } },
		{ when: 'lines are empty or comments', text: '\n# c\n  # d\nA=1', values: { A: '1' } },
		{ when: 'the line ends are those of Windows', text: 'A=1\r\nB=2\r\n', values: { A: '1', B: '2' } },
		{ when: 'a value is empty', text: 'A=\nB=', values: { A: '', B: '' } },
		{ when: '`export` stands before it', text: 'export A=1\nexport\tB=2', values: { A: '1', B: '2' } },
		{ when: 'a colon separates', text: 'A: 1', values: { A: '1' } },
		{ when: 'blanks stand around the separator', text: 'A = 1', values: { A: '1' } },
		{ when: 'a comment follows', text: 'A=1 # c\nB=1#c', values: { A: '1', B: '1#c' } },
		{ when: 'the value starts with a hash', text: 'A=#x\nB= # y', values: { A: '#x', B: '# y' } },
		{ when: 'the value holds an equals sign', text: 'A=b=c', values: { A: 'b=c' } },
		{ when: 'single quotes keep everything', text: "A='$HOST \\n # x'", values: { A: '$HOST \\n # x' } },
		{ when: 'a single quote is escaped', text: "A='it\\'s'", values: { A: "it's" } },
		{ when: 'double quotes expand and escape', text: 'A="$HOST\\n\\t\\"\\\\ # x"', values: { A: 'host\n\t"\\ # x' } },
		{ when: 'a dollar sign is escaped', text: 'A="\\$HOST"\nB=$$HOST', values: { A: '$HOST', B: '$HOST' } },
		{ when: 'an octal escape is used', text: 'A="\\0101"', values: { A: 'A' } },
		{ when: 'quotes span lines', text: 'A="x\ny"\nB=\'p\nq\'', values: { A: 'x\ny', B: 'p\nq' } },
		{ when: 'a comment follows quotes', text: 'A="x" # c', values: { A: 'x' } },
		{ when: 'a quote stands inside', text: 'A=it\'s "x"', values: { A: 'it\'s "x"' } },
		{ when: 'a backslash stands unquoted', text: 'A=a\\nb', values: { A: 'a\\nb' } },
		{ when: 'a variable of the file is used', text: 'A=1\nB=${A}2', values: { A: '1', B: '12' } },
		{ when: 'the environment has it too', text: 'BOTH=file\nB=$BOTH', values: { BOTH: 'file', B: 'host' } },
		{ when: 'a default is given', text: 'A=${NONE:-d}', values: { A: 'd' } },
		{ when: 'a key stands alone', text: 'HOST\nNONE\nA=1', values: { HOST: 'host', A: '1' } },
		{ when: 'names hold dots and dashes', text: 'a.b-c=1\nd[0]=2\né=3', values: { 'a.b-c': '1', 'd[0]': '2', é: '3' } },
	];
	for (const { when, text, values } of cases) {
		test(`when ${when}`, () => {
			const result = read(text);
			assert.deepEqual(result.findings.errors, []);
			assert.deepEqual(result.values, values);
		});
	}

	const refusals: readonly { text: string; problem: string }[] = [
		{ text: 'A=1\nB C=2', problem: '2:2 the name `B C` holds a blank' },
		{ text: 'A*=1', problem: '1:2 the name `A*` holds the character `*`' },
		{ text: '=1', problem: '1:1 a name is missing before `=`' },
		{ text: 'A="x\n', problem: '1:3 the quoted value is not closed: `"x`' },
		{ text: "A='x\n", problem: "1:3 the quoted value is not closed: `'x`" },
		{ text: 'A=${', problem: '1:3 `${` is not closed on its line' },
		{ text: 'A=${NONE:?gone}', problem: '1:3 the variable `NONE` is required but has no value: gone' },
	];
	for (const { text, problem } of refusals) {
		test(`\`${text.replace('\n', '\\n')}\` is refused`, () => {
			const [error] = read(text).findings.errors;
			assert.equal(`${error?.at?.line}:${error?.at?.column} ${error?.message}`, problem);
		});
	}

	test('a variable that comes later is not set yet', () => {
		const { values, findings } = read('A=$B\nB=1');
		assert.deepEqual(values, { A: '', B: '1' });
		assert.match(findings.warnings[0]?.message ?? '', /`B` is not set/);
	});

	test('a megabyte of quotes takes a moment', () => {
		const before = process.cpuUsage();
		read(`A="${'\\"'.repeat(500_000)}`);
		read(`${'"'.repeat(1_000_000)}`);
		read(`A='${"\\'x".repeat(300_000)}`);
		assert.ok(process.cpuUsage(before).user < 2_000_000);
	});
});
