import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { numberOf } from '../../../src/loader/numeric-twins.ts';
import { mergedService, problemsOf } from '../../support/load-text.ts';

const port = (published: string, rest = ''): string => `{target: 80, published: ${published}${rest}}`;
const texts = (count: number): string => Array.from({ length: count }, (_, index) => `g${index}`).join(', ');

describe('a number behind its own text', () => {
	const refused: readonly { when: string; service: string; path: string }[] = [
		{ when: 'groups', service: 'group_add: ["80", 80]', path: 'services.a.group_add.1' },
		{
			when: 'groups, the text written otherwise',
			service: 'group_add: [x, "8_0.0e0", 80]',
			path: 'services.a.group_add.2',
		},
		{ when: 'ports', service: `ports: [${port('"80"')}, ${port('80')}]`, path: 'services.a.ports.1' },
		{
			when: 'ports, whole and as a float',
			service: `ports: [${port('80.0')}, ${port('80')}]`,
			path: 'services.a.ports.1',
		},
		{ when: 'the last of twenty', service: `group_add: [${texts(18)}, "80", 80]`, path: 'services.a.group_add.19' },
	];
	for (const { when, service, path } of refused) {
		test(`is refused: ${when}`, async () => {
			const problems = await problemsOf(() => mergedService(`{image: x, ${service}}`));
			assert.equal(problems.length, 1);
			assert.match(problems[0] ?? '', new RegExp(`${path}: .* twice`));
		});
	}

	const taken: readonly { when: string; service: string }[] = [
		{ when: 'the text behind the number', service: 'group_add: [80, "80"]' },
		{ when: 'ports with the text behind', service: `ports: [${port('80')}, ${port('"80"')}]` },
		{
			when: 'ports of different addresses',
			service: `ports: [${port('"80"', ', host_ip: 127.0.0.1')}, ${port('80')}]`,
		},
		{ when: 'more than twenty', service: `group_add: [${texts(19)}, "80", 80]` },
		{ when: 'other numbers', service: 'group_add: ["80", 81, "", 0]' },
	];
	for (const { when, service } of taken) {
		test(`is taken: ${when}`, async () =>
			assert.deepEqual(await problemsOf(() => mergedService(`{image: x, ${service}}`)), []));
	}

	test('equal values of one type are told once', async () => {
		assert.equal((await problemsOf(() => mergedService('{image: x, group_add: [80, 80.0]}'))).length, 1);
	});
});

describe('a float is no port', () => {
	for (const attribute of ['expose', 'ports']) {
		test(attribute, async () => {
			const problems = await problemsOf(() => mergedService(`{image: x, ${attribute}: [81, 80.0]}`));
			assert.match(problems.join(), new RegExp(`^1:\\d+ services.a.${attribute}.1: .80. is not a port`));
		});
	}
});

describe('a list of texts', () => {
	for (const attribute of ['dns', 'cap_add', 'tmpfs', 'profiles', 'links']) {
		test(`refuses a number before its text: ${attribute}`, async () => {
			const problems = await problemsOf(() => mergedService(`{image: x, ${attribute}: [80, "80"]}`));
			assert.match(problems.join(), new RegExp(`services.a.${attribute}.0: .* must be a text`));
		});
	}
});

describe('numberOf', () => {
	const cases: readonly [text: string, value: number][] = [
		['80', 80],
		['080', 80],
		['+80.', 80],
		['-.5', -0.5],
		['.5', 0.5],
		['0x50', 80],
		['0o120', 80],
		['160/2', 80],
		['8_0', 80],
		[' 80', Number.NaN],
		['', Number.NaN],
		['1/2/3', Number.NaN],
		['Infinity', Number.NaN],
	];
	for (const [text, value] of cases) test(`of \`${text}\``, () => assert.equal(numberOf(text), value));
});
