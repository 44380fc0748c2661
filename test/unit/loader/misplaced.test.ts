import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { meantInstead } from '../../../src/loader/misplaced.ts';
import { parsedOne } from '../../support/load-text.ts';

const cases: readonly { when: string; path: string[]; name: string; value: string; hint: string | undefined }[] = [
	{
		when: 'it is of the first version of the format',
		path: ['services', 'a'],
		name: 'net',
		value: 'host',
		hint: 'Write `network_mode` instead.',
	},
	{
		when: 'another tool calls it so',
		path: ['services', 'a'],
		name: 'cmd',
		value: 'x',
		hint: 'Write `command` instead.',
	},
	{ when: 'nobody calls anything so', path: ['services', 'a'], name: 'zz', value: 'x', hint: undefined },
	{ when: 'it stands elsewhere', path: ['networks', 'n'], name: 'net', value: 'x', hint: undefined },
	{
		when: 'a service stands at the top',
		path: [],
		name: 'web',
		value: '{image: x}',
		hint: 'Move `web` under `services:`.',
	},
	{ when: 'something else stands at the top', path: [], name: 'web', value: '{a: x}', hint: undefined },
	{ when: 'a text stands at the top', path: [], name: 'web', value: 'image', hint: undefined },
];

describe('what to write instead of an unknown attribute', () => {
	for (const { when, path, name, value, hint } of cases) {
		test(`when ${when}`, () => assert.equal(meantInstead(path, name, parsedOne(value)), hint));
	}
});
