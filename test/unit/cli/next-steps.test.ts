import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { composeFlags, rootFlags } from '../../../src/cli/global-flags.ts';
import { nextSteps } from '../../../src/cli/next-steps.ts';
import { parseArgv } from '../../../src/cli/parse-argv.ts';

/** As the command line itself is read. */
function stepsOf(argv: readonly string[]) {
	const root = parseArgv(argv, rootFlags, { commandName: 'labc', flagsEndAtFirstArgument: true });
	const compose = parseArgv(root.args.slice(1), composeFlags, {
		commandName: 'labc compose',
		flagsEndAtFirstArgument: true,
	});
	return nextSteps(argv, { root: root.values, compose: compose.values });
}

describe('the command to give again', () => {
	const cases: readonly { readonly argv: readonly string[]; readonly line: string }[] = [
		{ argv: ['compose', 'up', '-d'], line: 'labc compose up -d' },
		{
			argv: ['compose', '-p', 'hint', '-f', 'l/x.yaml', '--profile', 'q', 'up', '-d', '--scale', 'a=2', 'a'],
			line: 'labc compose -p hint -f l/x.yaml --profile q up -d --scale a=2 a',
		},
		{ argv: ['compose', '-f', 'my lab/x.yml', 'up'], line: "labc compose -f 'my lab/x.yml' up" },
		{ argv: ['compose', '--profile', '*', 'up', ''], line: "labc compose --profile '*' up ''" },
		{ argv: ['compose', '-f', "it's; rm -rf $HOME", 'up'], line: "labc compose -f 'it'\\''s; rm -rf $HOME' up" },
		{ argv: ['compose', '-f', "a\nb'c\\", 'up'], line: "labc compose -f $'a\\x0ab\\'c\\\\' up" },
		{ argv: ['compose', 'run', '-e', 'API_TOKEN=two words', 'a'], line: 'labc compose run -e API_TOKEN=•••• a' },
		{ argv: ['compose', 'run', 'a', 'login', '--token', 'abc'], line: 'labc compose run a login --token ••••' },
		{ argv: ['-H', 'tcp://me:pw@host:1', 'compose', 'up'], line: 'labc -H tcp://me:••••@host:1 compose up' },
	];
	for (const { argv, line } of cases) {
		test(line, () => assert.equal(stepsOf(argv).again, line));
	}
});

describe('a command that a hint names', () => {
	const hint = 'Read its log: `labc compose logs a`, or `labc compose ps`.';
	const cases: readonly { readonly argv: readonly string[]; readonly told: string }[] = [
		{ argv: ['compose', 'up', '-d'], told: hint },
		{
			argv: ['compose', '-f', 'a b.yml', '-f', 'c.yml', '-phint', '--profile=q', 'up', '--scale', 'a=2'],
			told: "Read its log: `labc compose -f 'a b.yml' -f c.yml -p hint --profile q logs a`, or `labc compose -f 'a b.yml' -f c.yml -p hint --profile q ps`.",
		},
		{
			argv: ['-H', 'unix:///r.sock', 'compose', '--env-file', 'e', '--project-directory', '/$&', 'up'],
			told: "Read its log: `labc compose -H unix:///r.sock --project-directory '/$&' --env-file e logs a`, or `labc compose -H unix:///r.sock --project-directory '/$&' --env-file e ps`.",
		},
		{
			argv: ['compose', '--compatibility', '--parallel', '2', '--ansi', 'never', 'up'],
			told: 'Read its log: `labc compose --compatibility logs a`, or `labc compose --compatibility ps`.',
		},
	];
	for (const { argv, told } of cases) {
		test(`after ${argv.join(' ')}`, () => assert.equal(stepsOf(argv).addressed(hint), told));
	}

	test('keeps the flags that it names itself, and the command that is to be given again', () => {
		const { again, addressed } = stepsOf(['compose', '-p', 'lab', 'up', '-d']);
		for (const words of [`Run \`${again}\` again.`, 'Switch it on with `labc compose --profile q …`.']) {
			assert.equal(addressed(words), words);
		}
	});
});
