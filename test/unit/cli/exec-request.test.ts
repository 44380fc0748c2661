import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CommandContext } from '../../../src/cli/command.ts';
import { execFlags, execRequest } from '../../../src/cli/exec-request.ts';
import { parseArgv } from '../../../src/cli/parse-argv.ts';
import type { ExecRequest } from '../../../src/use-cases/exec-in-service.ts';

const target = { projectName: 'lab', service: 'web', command: ['ls', '-l'] };
const said: string[] = [];
const context: Pick<CommandContext, 'terminal' | 'variables' | 'signal'> = {
	terminal: {
		inIsTerminal: false,
		outIsTerminal: false,
		err: async (text: string) => void said.push(text),
	} as CommandContext['terminal'],
	variables: new Map([
		['TOKEN', 'from .env'],
		['EMPTY', ''],
	]),
	signal: new AbortController().signal,
};

const requestOf = (line: string): ExecRequest =>
	execRequest(
		context,
		parseArgv(line.split(' ').filter(Boolean), execFlags, { commandName: 'labc compose exec' }).values,
		target,
	);

const cases: readonly { line: string; has: Partial<ExecRequest> }[] = [
	{ line: '', has: { ...target, index: undefined, detach: false, environment: [], privileged: false, tty: false } },
	{ line: '-e A=1 -e B=x=y', has: { environment: ['A=1', 'B=x=y'] } },
	{ line: '-e TOKEN', has: { environment: ['TOKEN=from .env'] } },
	{ line: '-e EMPTY', has: { environment: ['EMPTY='] } },
	{ line: '-e NOT_SET', has: { environment: ['NOT_SET'] } },
	{ line: '-e TOKEN=', has: { environment: ['TOKEN='] } },
	{ line: '-d --privileged', has: { detach: true, privileged: true } },
	{ line: '-u 1000:1000 -w /work', has: { user: '1000:1000', workingDir: '/work' } },
	{ line: '--index 2', has: { index: 2 } },
	{ line: '--index 0', has: { index: undefined } },
];

describe('execRequest', () => {
	for (const { line, has } of cases) {
		test(`\`${line}\``, () => {
			const request: Readonly<Record<string, unknown>> = { ...requestOf(line) };
			for (const [name, value] of Object.entries(has)) assert.deepEqual(request[name], value, name);
		});
	}

	test('a user or folder that was not given is left to the container', () => {
		assert.deepEqual(
			Object.keys(requestOf('')).filter((name) => name === 'user' || name === 'workingDir'),
			[],
		);
	});

	test('says which container goes on when the user leaves it', () => {
		requestOf('').onDetach('lab-web-1');
		assert.deepEqual(said, ['left the command running in lab-web-1\n']);
	});
});
