import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYaml } from '../../../src/document/parse-yaml.ts';
import { toPlain } from '../../../src/document/plain.ts';
import { Findings } from '../../../src/errors/findings.ts';
import { cpuTimer } from '../../support/cpu-time.ts';
import { parsedOne } from '../../support/load-text.ts';

const problemsOf = (text: string): readonly string[] => {
	const findings = new Findings();
	parseYaml({ path: 'compose.yaml', text }, findings);
	return findings.errors.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`);
};

const signs = (sign: string): string =>
	`this is not valid YAML: \`${sign}\` stands in a text without quotes inside of brackets`;
const lines = 'this is not valid YAML: a key inside of brackets goes over several lines';
const longKey = 'k'.repeat(1025);

describe('inside of brackets', () => {
	const refusals: readonly { when: string; text: string; problem: string }[] = [
		{ when: 'a text that begins with a colon', text: 'a: [--listen, :8080]', problem: `1:15 ${signs(':')}` },
		{ when: 'such a value', text: 'a: {b: :c}', problem: `1:8 ${signs(':')}` },
		{ when: 'such a key', text: 'a: {:b: c}', problem: `1:5 ${signs(':')}` },
		{ when: 'a text with a question mark', text: 'a: [curl, "b", http://c/?d=e]', problem: `1:16 ${signs('?')}` },
		{ when: 'such a value of a mapping in a list', text: 'a: [b, {c: d?}]', problem: `1:12 ${signs('?')}` },
		{ when: 'a key of two lines', text: 'a: {b\n  c: d}', problem: `1:5 ${lines}` },
		{ when: 'a key in quotes of two lines', text: 'a: {"b\n  c": d}', problem: `1:5 ${lines}` },
		{ when: 'a colon below its key', text: 'a: {b # ##\n  : d}', problem: `1:5 ${lines}` },
		{
			when: 'a long key',
			text: `a: {${longKey}: b}`,
			problem: '1:5 this is not valid YAML: a key is longer than 1024 characters',
		},
	];
	for (const { when, text, problem } of refusals) {
		test(`${when} is refused`, () => assert.deepEqual(problemsOf(text), [problem]));
	}

	const readings: readonly { when: string; text: string; value: unknown }[] = [
		{ when: 'quotes hold both', text: 'a: [":b", \'c?\']', value: { a: [':b', 'c?'] } },
		{ when: 'a colon inside of a text', text: 'a: [b:80, c::d]', value: { a: ['b:80', 'c::d'] } },
		{ when: 'a key that a question mark announces', text: 'a: {? b\n c : d}', value: { a: { 'b c': 'd' } } },
		{ when: 'a key of two lines without a value', text: 'a: {b\n c}', value: { a: { 'b c': null } } },
		{ when: 'a value below its colon', text: 'a: {b:\n c, d: [e,\n f]}', value: { a: { b: 'c', d: ['e', 'f'] } } },
		{ when: 'a long text', text: `a: {b: ${longKey}}`, value: { a: { b: longKey } } },
	];
	for (const { when, text, value } of readings) {
		test(`${when} is read`, () => assert.deepEqual(toPlain(parsedOne(text)), value));
	}

	test('many signs of comments behind a key take no time', () => {
		const cpuMs = cpuTimer();
		assert.deepEqual(problemsOf(`a: {b #${'#'.repeat(5000)}\n}`), []);
		assert.ok(cpuMs() < 1000);
	});
});
