import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Findings } from '../../../src/errors/findings.ts';
import { readRawEnv } from '../../../src/sources/raw-env.ts';

function read(text: string) {
	const [into, findings] = [new Map<string, string>(), new Findings()];
	const lookup = (name: string) => (name === 'HOST' ? 'host' : undefined);
	readRawEnv({ path: 'a.env', text }, { lookup, into, findings });
	return { variables: Object.fromEntries(into), findings };
}

test('raw lines are taken as they are', () => {
	const { variables } = read('A="1" # x\n# c\n\n  B=$A\nC=\nHOST\nNONE\r\nD=1=2\r\n');
	assert.deepEqual(variables, { A: '"1" # x', B: '$A', C: '', HOST: 'host', D: '1=2' });
});

const refused = [
	{ when: 'a blank behind the name', text: 'A=1\nB = 2', message: 'the name `B ` holds a blank', at: [2, 1] },
	{ when: 'a tab behind an indented name', text: '  D\t=1', message: 'the name `D\t` holds a blank', at: [1, 3] },
	{ when: 'no name', text: 'C\n=1', message: 'a name is missing before `=`', at: [2, 1] },
];
for (const { when, text, message, at } of refused) {
	test(`${when} is refused at its place`, () => {
		const { findings } = read(text);
		assert.throws(
			() => findings.throwIfAny(),
			(error: Error & { diagnostics?: readonly { message: string; at?: { line: number; column: number } }[] }) => {
				const [found] = error.diagnostics ?? [];
				assert.deepEqual([found?.message, found?.at?.line, found?.at?.column], [message, ...at]);
				return true;
			},
		);
	});
}
