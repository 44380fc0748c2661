import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYaml } from '../../../src/document/parse-yaml.ts';
import { nodeAt } from '../../../src/document/plain.ts';
import { Findings } from '../../../src/errors/findings.ts';

function read(value: string) {
	const findings = new Findings();
	const [document] = parseYaml({ path: 'compose.yaml', text: `a: ${value}\n` }, findings);
	const node = document === undefined ? undefined : nodeAt(document.root, ['a']);
	const problems = findings.errors.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`);
	return {
		value: node?.kind === 'scalar' ? node.value : undefined,
		float: node?.kind === 'scalar' && node.float,
		problems,
	};
}

describe('buildScalar', () => {
	const readings: readonly { text: string; value: unknown; float?: true }[] = [
		{ text: '!!str 12', value: '12' },
		{ text: '!!int "5"', value: 5 },
		{ text: '!!int 0x10', value: 16 },
		{ text: '!!bool "true"', value: true },
		{ text: '!!null ""', value: null },
		{ text: '!!float 3', value: 3, float: true },
		{ text: '!!float 1.5', value: 1.5, float: true },
		{ text: '!other 3', value: '3' },
		{ text: '!!binary aGVsbG8=', value: 'hello' },
		{ text: '!!binary ""', value: '' },
		{ text: '!!binary w6Q=', value: 'ä' },
		{ text: '!!binary YWL/w6Q=', value: 'ab\udcffä' },
		{ text: '!!binary |\n  aGVs\n  bG8=', value: 'hello' },
		{ text: String.raw`"\u00e4\U0001F600\\/ \\uD800"`, value: String.raw`ä😀\/ \uD800` },
		{ text: String.raw`'\/'`, value: String.raw`\/` },
	];
	for (const { text, value, float } of readings) {
		test(`reads ${text}`, () => {
			const found = read(text);
			assert.deepEqual(found.problems, []);
			assert.deepEqual(found.value, value);
			assert.equal(found.float ?? false, float ?? false);
		});
	}

	const refusals: readonly { text: string; problem: string }[] = [
		{ text: '!!int abc', problem: '1:10 `abc` does not fit its tag `!!int`' },
		{ text: '!!int 1.0', problem: '1:10 `1.0` does not fit its tag `!!int`' },
		{ text: '!!int 2020-01-01', problem: '1:10 `2020-01-01` does not fit its tag `!!int`' },
		{ text: '!!bool yes', problem: '1:11 `yes` does not fit its tag `!!bool`' },
		{ text: '!!null x', problem: '1:11 `x` does not fit its tag `!!null`' },
		{ text: '!!float x', problem: '1:12 `x` does not fit its tag `!!float`' },
		{ text: '!!timestamp x', problem: '1:16 `x` does not fit its tag `!!timestamp`' },
		{ text: '!!timestamp 2020-01-01', problem: '1:16 `2020-01-01` is a date, which no attribute takes' },
		{ text: '!!binary "%%%"', problem: '1:13 the `!!binary` value is no base64' },
		{ text: '!!binary aGVsbG8', problem: '1:13 the `!!binary` value is no base64' },
		{ text: String.raw`"q\/"`, problem: '1:6 this is not valid YAML: `\\/` is no escape sequence' },
		{ text: String.raw`"\\\/"`, problem: '1:7 this is not valid YAML: `\\/` is no escape sequence' },
		{ text: String.raw`"\ud83d\ude00"`, problem: '1:5 this is not valid YAML: `\\ud83d` is half a character' },
		{ text: String.raw`"\U0000D800"`, problem: '1:5 this is not valid YAML: `\\U0000D800` is half a character' },
	];
	for (const { text, problem } of refusals) {
		test(`refuses ${text}`, () => assert.deepEqual(read(text).problems, [problem]));
	}
});
