import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { waitOptions } from '../../../src/cli/wait-options.ts';

const cases = [
	{ when: 'nothing is given', values: {}, options: { wait: false, waitTimeoutSeconds: undefined } },
	{ when: 'it shall wait', values: { wait: true }, options: { wait: true, waitTimeoutSeconds: undefined } },
	{
		when: 'a time is given, which asks for waiting',
		values: { 'wait-timeout': 3 },
		options: { wait: true, waitTimeoutSeconds: 3 },
	},
	{
		when: 'a time is given and waiting is refused',
		values: { wait: false, 'wait-timeout': 3 },
		options: { wait: false, waitTimeoutSeconds: 3 },
	},
	{
		when: 'the time is none: then it is without end',
		values: { wait: true, 'wait-timeout': 0 },
		options: { wait: true, waitTimeoutSeconds: undefined },
	},
	{
		when: 'the time is less than none',
		values: { wait: true, 'wait-timeout': -1 },
		options: { wait: true, waitTimeoutSeconds: undefined },
	},
];

describe('waitOptions', () => {
	for (const { when, values, options } of cases) {
		test(`when ${when}`, () => assert.deepEqual(waitOptions(values), options));
	}
});
