import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { goText } from '../../../src/document/go-text.ts';

describe('goText', () => {
	const cases: readonly { when: string; text: string; json: string }[] = [
		{ when: 'plain text stays', text: 'a "b" \\ ä 😀', json: String.raw`"a \"b\" \\ ä 😀"` },
		{ when: 'signs of HTML are escaped', text: '<&>', json: String.raw`"\u003c\u0026\u003e"` },
		{ when: 'line ends that JavaScript knew are escaped', text: '\u2028\u2029', json: String.raw`"\u2028\u2029"` },
		{ when: 'a byte that is no text is replaced', text: 'a\udcff\udc80b', json: String.raw`"a\ufffd\ufffdb"` },
		{ when: 'its escape as a text of the user stays', text: String.raw`\udcff`, json: String.raw`"\\udcff"` },
		{ when: 'both stand side by side', text: `${String.raw`\udcff`}\udcff`, json: String.raw`"\\udcff\ufffd"` },
	];
	for (const { when, text, json } of cases) test(when, () => assert.equal(goText(JSON.stringify(text)), json));
});
