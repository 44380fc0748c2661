import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	type ComposeValues,
	composeFlags,
	type Environment,
	resolveGlobals,
	resolveOutput,
	rootFlags,
} from '../../../src/cli/global-flags.ts';
import { parseArgv } from '../../../src/cli/parse-argv.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';

const compose = (...argv: string[]): ComposeValues =>
	parseArgv(argv, composeFlags, { commandName: 'labc compose' }).values;
const root = (...argv: string[]) => parseArgv(argv, rootFlags, { commandName: 'labc' }).values;
const globals = (argv: readonly string[], env: Environment = {}) => resolveGlobals(root(), compose(...argv), env);

const outputs: readonly { when: string; argv?: string[]; env?: Environment; progress: string; ansi?: string }[] = [
	{ when: 'nothing is said', progress: 'auto' },
	{ when: 'a flag says it', argv: ['--progress', 'json'], progress: 'json' },
	{ when: "docker compose's variable says it", env: { COMPOSE_PROGRESS: 'plain' }, progress: 'plain' },
	{
		when: "labc's variable wins over docker compose's",
		env: { LABC_PROGRESS: 'quiet', COMPOSE_PROGRESS: 'plain' },
		progress: 'quiet',
	},
	{ when: 'a flag wins over both', argv: ['--progress', 'tty'], env: { LABC_PROGRESS: 'quiet' }, progress: 'tty' },
	{ when: 'a variable is empty', env: { COMPOSE_PROGRESS: '' }, progress: 'auto' },
	{ when: 'colour is switched off', argv: ['--ansi', 'never'], progress: 'auto', ansi: 'never' },
	{ when: 'colour is forced by a variable', env: { COMPOSE_ANSI: 'always' }, progress: 'auto', ansi: 'always' },
];

describe('resolveOutput', () => {
	for (const { when, argv = [], env = {}, progress, ansi = 'auto' } of outputs) {
		test(`when ${when}`, () => assert.deepEqual(resolveOutput(compose(...argv), env), { progress, ansi }));
	}
});

const contradictions: readonly { argv: string[]; message: string; hint: string }[] = [
	{
		argv: ['--progress', 'josn'],
		message: '`--progress` takes auto, tty, plain, json, quiet, not `josn`',
		hint: 'Did you mean `json`?',
	},
	{
		argv: ['--ansi', 'foo'],
		message: '`--ansi` takes auto, never, always, not `foo`',
		hint: 'Leave `--ansi` out to let labc choose.',
	},
	{
		argv: ['--progress', 'tty', '--ansi', 'never'],
		message: '`--progress tty` and `--ansi never` contradict each other',
		hint: 'Leave one of the two out.',
	},
	{
		argv: ['--progress', 'plain', '--ansi', 'always'],
		message: '`--progress plain` and `--ansi always` contradict each other',
		hint: 'Leave one of the two out.',
	},
];

describe('resolveOutput refuses', () => {
	for (const { argv, message, hint } of contradictions) {
		test(`\`${argv.join(' ')}\``, () => assert.throws(() => resolveOutput(compose(...argv), {}), usage(message, hint)));
	}
});

const limits: readonly { when: string; argv?: string[]; env?: Environment; parallel: number | undefined }[] = [
	{ when: 'nothing is said', parallel: undefined },
	{ when: 'a flag says it', argv: ['--parallel', '3'], parallel: 3 },
	{ when: '-1 sets no limit', argv: ['--parallel', '-1'], parallel: undefined },
	{ when: 'a flag is written as programs write numbers', argv: ['--parallel=0x4'], parallel: 4 },
	{ when: '0 sets no limit', argv: ['--parallel=0'], parallel: undefined },
	{ when: "docker compose's variable says it", env: { COMPOSE_PARALLEL_LIMIT: '7' }, parallel: 7 },
	{ when: "labc's variable wins", env: { LABC_PARALLEL_LIMIT: '2', COMPOSE_PARALLEL_LIMIT: '7' }, parallel: 2 },
	{
		when: 'the flag wins over variables',
		argv: ['--parallel', '4'],
		env: { COMPOSE_PARALLEL_LIMIT: '7' },
		parallel: 4,
	},
	{ when: 'the variable is empty', env: { COMPOSE_PARALLEL_LIMIT: '' }, parallel: undefined },
];

describe('resolveGlobals', () => {
	for (const { when, argv = [], env = {}, parallel } of limits) {
		test(`limits engine calls, when ${when}`, () => assert.equal(globals(argv, env).parallel, parallel));
	}

	for (const limit of ['x', '1.5', '0x4', ' 2', '99999999999999999999']) {
		test(`refuses the limit \`${limit}\`, which is no number`, () => {
			assert.throws(
				() => globals([], { COMPOSE_PARALLEL_LIMIT: limit }),
				usage(
					`\`COMPOSE_PARALLEL_LIMIT\` must be an integer, not \`${limit}\``,
					'Unset `COMPOSE_PARALLEL_LIMIT`, or give it a number; -1 sets no limit.',
				),
			);
		});
	}

	test('takes the engine from before or behind `compose`; the nearer one wins', () => {
		const values = resolveGlobals(root('-H', 'tcp://far:1'), compose(), {});
		assert.equal(values.host, 'tcp://far:1');
		assert.equal(resolveGlobals(root('-H', 'tcp://far:1'), compose('-H', 'tcp://near:1'), {}).host, 'tcp://near:1');
		assert.equal(resolveGlobals(root('--context', 'gpu'), compose(), {}).dockerContext, 'gpu');
	});

	for (const [value, on] of [
		['1', true],
		['true', true],
		['0', false],
		['', false],
	] as const) {
		test(`COMPOSE_COMPATIBILITY=${value} is ${on ? 'on' : 'off'}`, () => {
			const { compatibility, compatibilityFlag } = globals([], { COMPOSE_COMPATIBILITY: value });
			assert.deepEqual([compatibility, compatibilityFlag], [on, false]);
		});
	}

	test('passes the rest on as it was given', () => {
		const { files, profiles, envFiles, projectName, projectDirectory, dryRun } = globals([
			...['-f', 'a.yml', '-f', 'b.yml', '--profile', 'gpu', '--env-file', 'x.env'],
			...['-p', 'lab', '--project-directory', '/w', '--dry-run'],
		]);
		assert.deepEqual(
			{ files, profiles, envFiles, projectName, projectDirectory, dryRun },
			{
				files: ['a.yml', 'b.yml'],
				profiles: ['gpu'],
				envFiles: ['x.env'],
				projectName: 'lab',
				projectDirectory: '/w',
				dryRun: true,
			},
		);
	});
});

const usage = (message: string, hint: string) => (error: unknown) => {
	assert.ok(error instanceof LabcError);
	assert.deepEqual([error.code, error.message, error.hint], ['USAGE_INVALID', message, hint]);
	return true;
};
