import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadText, mergedService, problemsOf } from '../../../support/load-text.ts';

describe('`x-` keys in maps of the user become one value, as in docker compose', () => {
	const cases: readonly [service: string, loaded: Record<string, unknown>][] = [
		['{environment: {A: 1, x-a: 1}}', { environment: { A: '1', '#extensions': 'map[x-a:1]' } }],
		['{labels: {x-b: 1.50, x-a: null}}', { labels: { '#extensions': 'map[x-a:<nil> x-b:1.5]' } }],
		['{labels: [x-a=1]}', { labels: { 'x-a': '1' } }],
		['{ulimits: {nofile: 1, x-a: 1}}', { ulimits: { nofile: 1, '#extensions': {} } }],
		['{logging: {options: {x-a: "b c"}}}', { logging: { options: { '#extensions': 'map[x-a:b c]' } } }],
		[
			'{provider: {type: t, options: {x-a: [1, 2]}}}',
			{ provider: { type: 't', options: { '#extensions': ['map[x-a:[1 2]]'] } } },
		],
	];
	for (const [service, loaded] of cases) {
		test(service, async () => {
			assert.deepEqual(await mergedService(service), loaded);
		});
	}

	test('two files make a list of them before they are looked at', async () => {
		const { environment } = await mergedService('{environment: {x-a: 1}}', '{environment: {B: 2}}');
		assert.deepEqual(environment, { 'x-a': '1', B: '2' });
	});

	test('a warning names the key and the way out', async () => {
		const { warnings } = await loadText('services: {a: {environment: {x-a: 1}}}');
		const [{ code, path, hint } = {}] = warnings;
		assert.deepEqual([code, path], ['VALUE_AMBIGUOUS', 'services.a.environment.x-a']);
		assert.equal(hint, 'Write the entries as a list, `- x-a=…`, where a key of that name is meant.');
	});
});

describe('where docker compose has no value for them they are refused', () => {
	const cases = ['extra_hosts: {x-a: 1.2.3.4}', 'storage_opt: {x-a: 1}', 'models: {x-a: {}}'];
	for (const attribute of cases) {
		test(attribute, async () => {
			const name = attribute.split(':')[0];
			const problems = await problemsOf(() => loadText(`services: {a: {${attribute}}}`));
			assert.equal(problems.length, 1);
			assert.match(problems[0] ?? '', new RegExp(`services.a.${name}.x-a: .*starts an extension$`));
		});
	}
});
