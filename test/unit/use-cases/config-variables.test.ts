import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { variablesText } from '../../../src/use-cases/config-variables.ts';
import { parsedOne } from '../../support/load-text.ts';

const tree = parsedOne('{a: "$B ${A:-x}", b: ["${API_KEY:-abc}", "${B:?m}"]}');

describe('variablesText', () => {
	const cases = [
		{
			format: undefined,
			text: [
				'NAME                REQUIRED            DEFAULT VALUE       ALTERNATE VALUE',
				'A                   false               x                   ',
				'API_KEY             false               abc                 ',
				'B                   true                                    ',
				'',
			].join('\n'),
		},
		{
			format: 'yaml',
			text: ['A', 'API_KEY', 'B']
				.map(
					(name, index) =>
						`${name}:\n    name: ${name}\n    defaultvalue: ${['x', 'abc', '""'][index]}\n    presencevalue: ""\n    required: ${name === 'B'}\n`,
				)
				.join(''),
		},
	];
	for (const { format, text } of cases) {
		test(`as ${format ?? 'a table'}`, () => assert.equal(variablesText(tree, { format, redact: false }), text));
	}

	test('of several mentions the last one counts', () => {
		const text = variablesText(parsedOne('["${A:-1} $A", "${B} ${B:-2}", "${C:?}", "${C:+3}"]'), {
			format: 'json',
			redact: false,
		});
		const shown = Object.values(JSON.parse(text)).map((each) => Object.values(each as object).slice(1));
		assert.deepEqual(shown, [
			['', '', false],
			['2', '', false],
			['', '3', false],
		]);
	});

	test('YAML puts digits and other signs before letters, as docker compose does', () => {
		const text = variablesText(parsedOne('[$GPUS, $GPU_COUNT, $G10, $G9]'), { format: 'yaml', redact: false });
		assert.deepEqual(text.match(/^\w+(?=:)/gm), ['G9', 'G10', 'GPU_COUNT', 'GPUS']);
	});

	test('defaults of credentials are hidden on request', () => {
		const shown = JSON.parse(variablesText(tree, { format: 'json', redact: true }));
		assert.equal(shown.API_KEY.DefaultValue, '••••');
		assert.equal(shown.A.DefaultValue, 'x');
	});

	test('an unknown format is refused', () => {
		assert.throws(() => variablesText(tree, { format: 'toString', redact: false }), { code: 'USAGE_INVALID' });
	});
});
