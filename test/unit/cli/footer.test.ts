import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createFooter } from '../../../src/cli/footer.ts';

const clear = '\r\u001b[K';

describe('a line below all that is written', () => {
	test('is not there at first', () => {
		assert.equal(createFooter().above('text\n'), 'text\n');
	});

	test('goes down with each text, also where that is bytes', () => {
		const footer = createFooter();
		assert.equal(footer.change('menu'), 'menu');
		assert.equal(footer.above('one\n'), `${clear}one\nmenu`);
		assert.equal(Buffer.from(footer.above(Buffer.from('two\n'))).toString(), `${clear}two\nmenu`);
		assert.equal(footer.above(''), '');
	});

	test('waits for the end of a line that is begun', () => {
		const footer = createFooter();
		footer.change('menu');
		assert.equal(footer.above('half a '), `${clear}half a `);
		assert.equal(footer.above('line'), 'line');
		assert.equal(footer.above(' ends\n'), ' ends\nmenu');
	});

	test('is changed and taken away in its place', () => {
		const footer = createFooter();
		footer.change('menu');
		assert.equal(footer.change('other'), `${clear}other`);
		assert.equal(footer.change(undefined), clear);
		assert.equal(footer.above('text\n'), 'text\n');
		assert.equal(footer.change(undefined), '');
	});
});
