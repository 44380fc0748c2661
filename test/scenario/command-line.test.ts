import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { cleanEnvironment, labcPath, root } from './scenario.ts';

interface Case {
	readonly line: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly status: number;
	readonly stdout?: RegExp | '';
	readonly stderr?: RegExp | '';
}

const cases: readonly Case[] = [
	{ line: 'version', status: 0, stdout: /^labc version \d+\.\d+\.\d+\n$/, stderr: '' },
	{ line: '--version', status: 0, stdout: /^labc version /, stderr: '' },
	{ line: 'version --short', status: 0, stdout: /^\d+\.\d+\.\d+\n$/, stderr: '' },
	{ line: 'compose version -f json', status: 0, stdout: /^\{"version":"\d+\.\d+\.\d+"\}\n$/, stderr: '' },
	{ line: 'compose -v', status: 0, stdout: /compatible with Docker Compose version v2\./, stderr: '' },
	{ line: '', status: 0, stdout: /^labc, the Compose tool/, stderr: '' },
	{ line: 'help', status: 0, stdout: /^labc, the Compose tool/, stderr: '' },
	{ line: 'help compose up', status: 0, stdout: /Usage: labc compose up/, stderr: '' },
	{ line: 'compose', status: 0, stdout: /Usage: labc compose \[OPTIONS\] COMMAND/, stderr: '' },
	{ line: 'compose help ps', status: 0, stdout: /Usage: labc compose ps/, stderr: '' },
	{ line: 'compose ps --help', status: 0, stdout: /Usage: labc compose ps/, stderr: '' },
	{ line: 'compose ps -h --nope', status: 1, stdout: '', stderr: /unknown flag: --nope/ },
	{
		line: 'compsoe',
		status: 1,
		stdout: '',
		stderr: /unknown command: `labc compsoe`\n {2}hint: Did you mean `labc compose`\?/,
	},
	{ line: 'up', status: 1, stdout: '', stderr: /Did you mean `labc compose up`\?/ },
	{ line: 'compose pss', status: 1, stdout: '', stderr: /Did you mean `labc compose ps`\?/ },
	{ line: 'compose zzzzzz', status: 1, stdout: '', stderr: /Run `labc compose --help` to see the commands/ },
	{ line: 'help nope', status: 1, stdout: '', stderr: /unknown command: `labc nope`/ },
	{ line: '--nope', status: 1, stdout: '', stderr: /^error: unknown flag: --nope\n/ },
	{ line: 'compose -f', status: 1, stdout: '', stderr: /flag needs an argument: -f/ },
	{ line: 'compose ps -p x', status: 1, stdout: '', stderr: /labc compose -p … ps/ },
	{ line: 'compose --progress josn ps', status: 1, stdout: '', stderr: /Did you mean `json`\?/ },
	{
		line: 'compose ps',
		env: { COMPOSE_PARALLEL_LIMIT: 'x' },
		status: 1,
		stdout: '',
		stderr: /`COMPOSE_PARALLEL_LIMIT` must be an integer, not `x`/,
	},
	{ line: 'compose -p Bad.Name ps', status: 1, stdout: '', stderr: /`Bad\.Name` is not a project name/ },
	{
		line: 'compose --progress json zz',
		status: 1,
		stdout: '',
		stderr: /^\{"error":true,"message":"unknown command: `labc compose zz`","code":"USAGE_INVALID"/,
	},
];

function labc(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
	const all = { ...cleanEnvironment(), ...env };
	return spawnSync(labcPath, args, { encoding: 'utf8', cwd: '/', env: all, timeout: 20_000 });
}

describe('the command line', () => {
	for (const { line, env, status, stdout, stderr } of cases) {
		test(`\`labc ${line}\`${env === undefined ? '' : ` with ${JSON.stringify(env)}`} ends with ${status}`, () => {
			const outcome = labc(line.split(' ').filter(Boolean), env);
			assert.equal(outcome.status, status, outcome.stderr);
			matches(outcome.stdout, stdout);
			matches(outcome.stderr, stderr);
		});
	}

	test('holds no escape byte where no terminal is', () => {
		for (const { line, env } of cases) {
			const outcome = labc(line.split(' ').filter(Boolean), env);
			assert.ok(!`${outcome.stdout}${outcome.stderr}`.includes('\u001b'), line);
		}
	});

	test('is coloured where that is forced', () => {
		const { stderr } = labc(['compose', '--ansi', 'always', 'zz']);
		assert.ok(stderr.startsWith('\u001b[31m'), stderr);
	});

	for (const crash of ['setTimeout(() => { throw new TypeError("boom"); })', 'Promise.reject(new TypeError("boom"))']) {
		test(`what nobody caught is told without a stack: ${crash}`, () => {
			const script = `const { createComposition } = await import('./src/cli/context.ts'); createComposition(); ${crash}; setTimeout(() => {}, 5000);`;
			const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
				...{ encoding: 'utf8', cwd: root, env: cleanEnvironment() },
			});
			assert.equal(status, 1);
			assert.match(stderr, /^error: this is a bug in labc, nothing you did: boom\n {2}hint: Report it[^\n]*\n$/);
		});
	}

	test('a reader that has gone is no error', () => {
		const { status, stderr } = spawnSync('sh', ['-c', `{ '${labcPath}' compose --help; echo $? >&2; } | true`], {
			encoding: 'utf8',
		});
		assert.deepEqual([status, stderr], [0, '0\n']);
	});
});

function matches(text: string, expected: RegExp | '' | undefined): void {
	if (expected === '') assert.equal(text, '');
	else if (expected !== undefined) assert.match(text, expected);
}
