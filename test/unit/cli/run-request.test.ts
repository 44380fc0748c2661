import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CommandContext } from '../../../src/cli/command.ts';
import { parseArgv } from '../../../src/cli/parse-argv.ts';
import { runFlags } from '../../../src/cli/run-flags.ts';
import { runRequest } from '../../../src/cli/run-request.ts';
import type { RunServiceRequest } from '../../../src/use-cases/run-service.ts';
import { project, service } from '../../support/plan-cases.ts';

const job = service({ command: ['train'], environment: { MODE: 'file' } });
const lab = project({ services: { job } });

const requestOf = (line: string, isTerminal = false): Promise<RunServiceRequest> => {
	const size = { columns: 80, rows: 24 };
	const terminal = { inIsTerminal: isTerminal, outIsTerminal: isTerminal, size: () => size };
	const context: Partial<CommandContext> = { cwd: '/lab', env: {}, terminal: terminal as CommandContext['terminal'] };
	const { values, args } = parseArgv(line.split(' ').filter(Boolean), runFlags, {
		commandName: 'labc compose run',
		flagsEndAtFirstArgument: true,
	});
	return runRequest(context as CommandContext, values, {
		project: lab,
		environment: new Map([['TOKEN', 'from .env']]),
		words: args,
	});
};

const cases: readonly { line: string; isTerminal?: boolean; has: Partial<RunServiceRequest> }[] = [
	{
		line: 'job',
		has: {
			...{ serviceName: 'job', detach: false, remove: false, noDeps: false, useAliases: false, orphans: 'warn' },
			...{ tty: false, input: true, images: { pull: undefined, build: 'missing' }, consoleSize: undefined },
		},
	},
	{ line: 'job', isTerminal: true, has: { tty: true, input: true, consoleSize: { columns: 80, rows: 24 } } },
	{ line: '-T job', isTerminal: true, has: { tty: false, consoleSize: undefined } },
	{ line: '-d job', isTerminal: true, has: { detach: true, tty: false, consoleSize: undefined } },
	{ line: '--rm --no-deps --use-aliases job', has: { remove: true, noDeps: true, useAliases: true } },
	{ line: '--build --pull always job', has: { images: { pull: 'always', build: 'always' } } },
	{ line: '--remove-orphans --name mine job', has: { orphans: 'remove', name: 'mine' } },
];

describe('runRequest', () => {
	for (const { line, isTerminal, has } of cases) {
		test(`\`${line}\`${isTerminal ? ' on a terminal' : ''}`, async () => {
			const request: Readonly<Record<string, unknown>> = { ...(await requestOf(line, isTerminal)) };
			for (const [name, value] of Object.entries(has)) assert.deepEqual(request[name], value, name);
		});
	}

	test('the service is as the command line changes it', async () => {
		const { service: changed } = await requestOf('-e TOKEN -e A=1 -w /work job python -V');
		assert.deepEqual(changed.command, ['python', '-V']);
		assert.deepEqual(changed.environment, { MODE: 'file', TOKEN: 'from .env', A: '1' });
		assert.equal(changed.working_dir, '/work');
	});

	test('no two runs have the same slug', async () => {
		const [one, other] = await Promise.all([requestOf('job'), requestOf('job')]);
		assert.match(one.slug, /^[0-9a-f]{64}$/);
		assert.notEqual(one.slug, other.slug);
	});

	test('a service that is not there is refused', async () => {
		await assert.rejects(requestOf('nobody'), { code: 'SERVICE_UNKNOWN' });
	});
});
