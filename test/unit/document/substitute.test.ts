import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { substitute } from '../../../src/document/substitute.ts';
import { cpuTimer } from '../../support/cpu-time.ts';

const values = new Map([
	['SET', 'set'],
	['EMPTY', ''],
	['DOLLAR', '$SET'],
]);

function run(text: string): { result: ReturnType<typeof substitute>; unset: string[] } {
	const unset: string[] = [];
	const result = substitute(text, { lookup: (name) => values.get(name), onUnset: (name) => unset.push(name) });
	return { result, unset };
}

describe('substitute', () => {
	const cases: readonly [text: string, result: string][] = [
		['$SET', 'set'],
		['${SET}', 'set'],
		['a$SET-b', 'aset-b'],
		['${SET}${SET}', 'setset'],
		['$$SET', '$SET'],
		['$$$SET', '$set'],
		['$', '$'],
		['a$', 'a$'],
		['$1', '$1'],
		['$(x)', '$(x)'],
		['$DOLLAR', '$SET'],
		['${EMPTY-d}', ''],
		['${EMPTY:-d}', 'd'],
		['${NONE-d}', 'd'],
		['${NONE:-d}', 'd'],
		['${NONE:-}', ''],
		['${SET+r}', 'r'],
		['${EMPTY+r}', 'r'],
		['${EMPTY:+r}', ''],
		['${NONE+r}', ''],
		['${SET:+r}', 'r'],
		['${SET?m}', 'set'],
		['${EMPTY?m}', ''],
		['${NONE:-${SET}}', 'set'],
		['${NONE:-${NONE:-${SET}}}', 'set'],
		['${NONE:-$SET/x}', 'set/x'],
		['${NONE:-a$$b}', 'a$b'],
		['${NONE:-{}', '{'],
		['${NONE:-{}}', '{}'],
		['${NONE:-{{x}}', '{{x}'],
		['${NONE-a{b}', 'a{b'],
		['${NONE-a{b}\n$SET', 'a{b\nset'],
		['${SET:-{}', 'set'],
		['${SET:-{{x}}}', 'set}'],
		['${NONE:-{a}}-${NONE:-c}', '{a}-c'],
		['${NONE:-{"a": {}}}', '{"a": {}}'],
		['${NONE:-a:-b}', 'a:-b'],
		['{${SET}}', '{set}'],
		['${SET}}', 'set}'],
		['a\n${SET}\nb', 'a\nset\nb'],
	];
	for (const [text, result] of cases) {
		test(`\`${text}\``, () => assert.equal(run(text).result, result));
	}

	for (const text of [
		'${',
		'${}',
		'${SET',
		'${1}',
		'${SET!x}',
		'${SET:x}',
		'${ SET}',
		'${NONE:-a\nb}',
		'${SET:-${',
		'${NONE:-${}}',
		'${SET:-${}}',
		'${NONE:+${}}',
		'${SET:-{}} and ${SET}',
	]) {
		test(`\`${text.replace('\n', '\\n')}\` is refused`, () => {
			const { result } = run(text);
			assert.equal(typeof result === 'object' && result.kind, 'invalid');
		});
	}

	test('a required variable counts even in a default that is not used', () => {
		const { result } = run('${SET:-${NONE:?say}}');
		assert.deepEqual(result, { kind: 'required', name: 'NONE', message: 'say', offset: 7 });
	});

	test('a required variable without a value is refused with its message', () => {
		assert.deepEqual(run('${NONE:?say $SET}').result, {
			kind: 'required',
			name: 'NONE',
			message: 'say set',
			offset: 0,
		});
		assert.deepEqual(run('${EMPTY:?}').result, { kind: 'required', name: 'EMPTY', message: '', offset: 0 });
	});

	test('only plain uses of a variable that is not set are told', () => {
		assert.deepEqual(run('$NONE ${OTHER} ${NONE:-x} ${NONE+y}').unset, ['NONE', 'OTHER']);
	});

	test('a default that is not needed is not looked at', () => {
		assert.deepEqual(run('${SET:-$NONE}'), { result: 'set', unset: [] });
	});

	test('text without a dollar sign is itself', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const plain = text.replaceAll('$', '');
				assert.equal(run(plain).result, plain);
			}),
		);
	});

	test('escaped text comes back as it was', () => {
		fc.assert(fc.property(fc.string(), (text) => assert.equal(run(text.replaceAll('$', '$$$$')).result, text)));
	});

	const hostile: readonly [what: string, text: string][] = [
		['open braces', '${A:-'.repeat(100_000)],
		['nested defaults', `${'${A:-'.repeat(100_000)}x${'}'.repeat(100_000)}`],
		['closing braces', '}'.repeat(500_000)],
		['dollar signs', '$'.repeat(500_001)],
		['many variables', '$SET${NONE:-x}'.repeat(50_000)],
	];
	for (const [what, text] of hostile) {
		test(`${what} take time linear in their number`, () => {
			const cpuMs = cpuTimer();
			run(text);
			assert.ok(cpuMs() < 1500);
		});
	}
});
