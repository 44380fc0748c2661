import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unknownService } from '../../../src/errors/unknown-service.ts';

const cases: readonly { when: string; name: string; known: readonly string[]; hint: string }[] = [
	{ when: 'a name is near', name: 'wb', known: ['web', 'db'], hint: 'Did you mean `web`?' },
	{ when: 'no name is near', name: 'zzzzz', known: ['web', 'db'], hint: 'Name one of web, db.' },
	{ when: 'there is no service at all', name: 'web', known: [], hint: 'Give the project a service under `services`.' },
];

describe('unknownService', () => {
	for (const { when, name, known, hint } of cases) {
		test(`when ${when}`, () => {
			const { code, message, hint: given } = unknownService(name, known);
			const expected = { code: 'SERVICE_UNKNOWN', message: `there is no service \`${name}\` in this project`, hint };
			assert.deepEqual({ code, message, hint: given }, expected);
		});
	}
});
