import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { didYouMean } from '../../../src/errors/did-you-mean.ts';

const cases: readonly { when: string; word: string; candidates: string[]; expected: string | undefined }[] = [
	{ when: 'a letter is missing', word: 'imge', candidates: ['image', 'init'], expected: 'image' },
	{ when: 'a letter is too many', word: 'portss', candidates: ['ports', 'profiles'], expected: 'ports' },
	{ when: 'neighbours are swapped', word: 'prots', candidates: ['ports', 'profiles'], expected: 'ports' },
	{ when: 'several are near', word: 'volumes_form', candidates: ['volumes', 'volumes_from'], expected: 'volumes_from' },
	{ when: 'a short word differs in one letter', word: 'dn', candidates: ['dns', 'tty'], expected: 'dns' },
	{ when: 'nothing is near', word: 'colour', candidates: ['image', 'ports'], expected: undefined },
	{ when: 'there are no candidates', word: 'image', candidates: [], expected: undefined },
];

describe('didYouMean', () => {
	for (const { when, word, candidates, expected } of cases) {
		test(`when ${when}`, () => assert.equal(didYouMean(word, candidates), expected));
	}

	test('the first of two equally near candidates wins', () => {
		assert.equal(didYouMean('ab', ['aa', 'bb']), 'aa');
	});
});
