import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Flags } from '../../../src/cli/command.ts';
import { gpuFlags } from '../../../src/cli/gpu-flags.ts';
import { type ParseOptions, parseArgv } from '../../../src/cli/parse-argv.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';

const flags = {
	detach: { type: 'boolean', short: 'd', summary: '' },
	interactive: { type: 'boolean', short: 'i', summary: '' },
	tty: { type: 'boolean', short: 't', summary: '' },
	file: { type: 'list', short: 'f', summary: '' },
	user: { type: 'string', short: 'u', summary: '' },
	timeout: { type: 'integer', short: 'w', summary: '' },
	'no-deps': { type: 'boolean', summary: '' },
	secret: { type: 'boolean', summary: '', hidden: true },
	...gpuFlags,
} as const satisfies Flags;

const parse = (line: string | readonly string[], options: Partial<ParseOptions> = {}) =>
	parseArgv(typeof line === 'string' ? line.split(' ').filter(Boolean) : line, flags, {
		commandName: 'labc compose up',
		...options,
	});

const accepted: readonly { line: string | readonly string[]; values: object; args?: readonly string[] }[] = [
	{ line: '', values: {} },
	{ line: '-d', values: { detach: true } },
	{ line: '--detach', values: { detach: true } },
	{ line: '--detach=true', values: { detach: true } },
	{ line: '--detach=false', values: { detach: false } },
	{ line: '--detach=0', values: { detach: false } },
	{ line: '--detach=T', values: { detach: true } },
	{ line: '-d=false', values: { detach: false } },
	{ line: '--detach false', values: { detach: true }, args: ['false'] },
	{ line: '-d -d=false', values: { detach: false } },
	{ line: '-dit', values: { detach: true, interactive: true, tty: true } },
	{ line: '-dt=false', values: { detach: true, tty: false } },
	{ line: '-f a -f b', values: { file: ['a', 'b'] } },
	{ line: '-fa --file b --file=c', values: { file: ['a', 'b', 'c'] } },
	{ line: '-f=a', values: { file: ['a'] } },
	{ line: '-f -', values: { file: ['-'] } },
	{ line: '-f -d', values: { file: ['-d'] } },
	{ line: '-dfa', values: { detach: true, file: ['a'] } },
	{ line: '-df a', values: { detach: true, file: ['a'] } },
	{ line: '-du1000:1000', values: { detach: true, user: '1000:1000' } },
	{ line: ['--user='], values: { user: '' } },
	{ line: ['--user', ''], values: { user: '' } },
	{ line: '--user=a=b', values: { user: 'a=b' } },
	{ line: '-u a -u b', values: { user: 'b' } },
	{ line: ['--user', 'two words'], values: { user: 'two words' } },
	{ line: '--timeout 10', values: { timeout: 10 } },
	{ line: '--timeout -1', values: { timeout: -1 } },
	{ line: '-w0', values: { timeout: 0 } },
	{ line: '--timeout=+5', values: { timeout: 5 } },
	{ line: '--gpu-wait', values: { 'gpu-wait': '' } },
	{ line: '--gpu-wait=10m', values: { 'gpu-wait': '10m' } },
	{ line: '--gpu-wait web', values: { 'gpu-wait': '' }, args: ['web'] },
	{ line: '5s --gpu-wait', values: { 'gpu-wait': '' }, args: ['5s'] },
	{ line: '--gpu-wait 5web', values: { 'gpu-wait': '' }, args: ['5web'] },
	{ line: '--secret', values: { secret: true } },
	{ line: 'web', values: {}, args: ['web'] },
	{ line: 'web -d db', values: { detach: true }, args: ['web', 'db'] },
	{ line: '- -d', values: { detach: true }, args: ['-'] },
	{ line: 'web -- -d --nope', values: {}, args: ['web', '-d', '--nope'] },
	{ line: '--', values: {}, args: [] },
	{ line: '-d -- --', values: { detach: true }, args: ['--'] },
];

describe('parseArgv', () => {
	for (const { line, values, args = [] } of accepted) {
		test(`reads \`${Array.isArray(line) ? line.join(' ') : line}\``, () => {
			const parsed = parse(line);
			assert.deepEqual(parsed.values, { file: [], ...values });
			assert.deepEqual(parsed.args, args);
		});
	}
});

const rawArguments: readonly { line: string; values: object; args: readonly string[] }[] = [
	{ line: '-d web ls -l --color', values: { detach: true }, args: ['web', 'ls', '-l', '--color'] },
	{ line: 'web -- ls', values: {}, args: ['web', '--', 'ls'] },
	{ line: '-u me web -u you', values: { user: 'me' }, args: ['web', '-u', 'you'] },
	{ line: '-- web -d', values: {}, args: ['web', '-d'] },
];

describe('parseArgv, where the first argument ends the flags', () => {
	for (const { line, values, args } of rawArguments) {
		test(`reads \`${line}\``, () => {
			const parsed = parse(line, { flagsEndAtFirstArgument: true });
			assert.deepEqual(parsed.values, { file: [], ...values });
			assert.deepEqual(parsed.args, args);
		});
	}
});

const refused: readonly { line: string; message: string; hint: string }[] = [
	...['5s', '90', '1h30m', '1.5h', '2d'].map((time) => ({
		line: `-d --gpu-wait ${time} web`,
		message: `\`--gpu-wait\` takes its value behind \`=\`, not as a word of its own: \`${time}\``,
		hint: `Write \`--gpu-wait=${time}\`, or \`${time}\` before the flag where it is an argument.`,
	})),
	{ line: '--detahc', message: 'unknown flag: --detahc', hint: 'Did you mean `--detach`?' },
	{ line: '--no-dep=1', message: 'unknown flag: --no-dep', hint: 'Did you mean `--no-deps`?' },
	{ line: '--zzz', message: 'unknown flag: --zzz', hint: 'Run `labc compose up --help` to see its flags.' },
	{ line: '--secre', message: 'unknown flag: --secre', hint: 'Run `labc compose up --help` to see its flags.' },
	{
		line: '--constructor',
		message: 'unknown flag: --constructor',
		hint: 'Run `labc compose up --help` to see its flags.',
	},
	{ line: '---', message: 'unknown flag: ---', hint: 'Run `labc compose up --help` to see its flags.' },
	{ line: '-x', message: 'unknown shorthand flag: `x` in -x', hint: 'Run `labc compose up --help` to see its flags.' },
	{
		line: '-dx',
		message: 'unknown shorthand flag: `x` in -dx',
		hint: 'Run `labc compose up --help` to see its flags.',
	},
	{ line: '--user', message: 'flag needs an argument: --user', hint: 'Run `labc compose up --help` to see its flags.' },
	{ line: '-du', message: 'flag needs an argument: -u', hint: 'Run `labc compose up --help` to see its flags.' },
	{
		line: '--profile gpu',
		message: 'unknown flag: --profile',
		hint: 'Put `--profile` before the command: `labc compose --profile … up`.',
	},
	{
		line: '-p lab',
		message: 'unknown shorthand flag: `p` in -p',
		hint: 'Put `-p` before the command: `labc compose -p … up`.',
	},
	{
		line: '--detach=maybe',
		message: '`--detach` takes true or false, not `maybe`',
		hint: 'Give `--detach` alone to switch it on, or `--detach=false`.',
	},
	{
		line: '--timeout soon',
		message: '`--timeout` takes a whole number, not `soon`',
		hint: 'Write it in digits, for example `--timeout 10`.',
	},
	{
		line: '--timeout 1.5',
		message: '`--timeout` takes a whole number, not `1.5`',
		hint: 'Write it in digits, for example `--timeout 10`.',
	},
	{
		line: '--timeout 99999999999999999999',
		message: '`--timeout` takes a whole number, not `99999999999999999999`',
		hint: 'Write it in digits, for example `--timeout 10`.',
	},
];

describe('parseArgv refuses', () => {
	const flagsBefore = {
		profile: { type: 'list', summary: '' },
		'project-name': { type: 'string', short: 'p', summary: '' },
	} as const;
	for (const { line, message, hint } of refused) {
		test(`\`${line}\``, () => {
			assert.throws(
				() => parse(line, { flagsBefore }),
				(error) => {
					assert.ok(error instanceof LabcError);
					assert.deepEqual([error.code, error.message, error.hint], ['USAGE_INVALID', message, hint]);
					return true;
				},
			);
		});
	}
});

describe('parseArgv, as a law', () => {
	const word = fc.string({ minLength: 1 }).filter((text) => !text.startsWith('-'));

	test('whatever follows `--` comes back as it was', () => {
		fc.assert(
			fc.property(fc.array(fc.string()), (words) => {
				assert.deepEqual(parse(['-d', '--', ...words]).args, words);
			}),
		);
	});

	test('a value is taken whole, apart or behind `=`', () => {
		fc.assert(
			fc.property(fc.string(), (value) => {
				assert.equal(parse(['--user', value]).values.user, value);
				assert.equal(parse([`--user=${value}`]).values.user, value);
			}),
		);
	});

	test('flags mean the same wherever they stand among the arguments', () => {
		fc.assert(
			fc.property(fc.array(word), fc.nat(), (words, at) => {
				const place = at % (words.length + 1);
				const parsed = parse([...words.slice(0, place), '-d', ...words.slice(place)]);
				assert.deepEqual(parsed.args, words);
				assert.equal(parsed.values.detach, true);
			}),
		);
	});
});

test('parseArgv refuses arguments of a command that takes none', () => {
	assert.deepEqual(parse('-d', { takesNoArguments: true }).args, []);
	assert.throws(() => parse('-d extra', { takesNoArguments: true }), {
		code: 'USAGE_INVALID',
		message: '`labc compose up` takes no arguments, not `extra`',
	});
});
