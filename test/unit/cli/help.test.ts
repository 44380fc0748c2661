import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defineCommand } from '../../../src/cli/command.ts';
import { formatCommandHelp, formatGroupHelp } from '../../../src/cli/help.ts';
import { commandNames, registry } from '../../../src/cli/registry.ts';
import { displayWidth } from '../../../src/render/display-width.ts';

const command = defineCommand({
	name: 'compose stop',
	summary: 'Stop containers without removing them',
	usage: 'labc compose stop [OPTIONS] [SERVICE...]',
	examples: [{ line: 'labc compose stop jupyter', summary: 'Stop one service' }],
	flags: {
		timeout: { type: 'integer', short: 't', value: 'SECONDS', summary: 'Seconds a container gets before it is killed' },
		label: { type: 'list', summary: 'Only containers with this label' },
		old: { type: 'boolean', summary: 'not shown', hidden: true },
	},
	run: async () => 0,
});

const wide = `Stop containers without removing them

Usage: labc compose stop [OPTIONS] [SERVICE...]

Examples:
  labc compose stop jupyter  Stop one service

Options:
  -t, --timeout SECONDS  Seconds a container gets before it is killed
      --label VALUE      Only containers with this label
      --dry-run          Show what would be done and change nothing
  -h, --help             Show this help
`;

const narrow = `Stop containers without removing
them

Usage: labc compose stop [OPTIONS] [SERVICE...]

Examples:
  labc compose stop jupyter
        Stop one service

Options:
  -t, --timeout SECONDS
        Seconds a container gets
        before it is killed
      --label VALUE
        Only containers with
        this label
      --dry-run
        Show what would be done
        and change nothing
  -h, --help
        Show this help
`;

describe('formatCommandHelp', () => {
	test('puts meanings beside their terms', () => assert.equal(formatCommandHelp(command, 80), wide));
	test('lists the commands below it, and shows a value that may be left out', () => {
		const below = { ...command, name: 'compose stop all', summary: 'Stop everything' };
		const wait = { type: 'string', value: 'TIMEOUT', summary: 'Wait', valueIsOptional: true } as const;
		const text = formatCommandHelp({ ...command, flags: { wait } }, 80, [below]);
		assert.match(text, /\n\nCommands:\n {2}all {2}Stop everything\n\nOptions:\n {6}--wait\[=TIMEOUT\] {2}Wait\n/);
	});

	test('puts meanings below their terms where there is no room', () =>
		assert.equal(formatCommandHelp(command, 32), narrow));
});

const group = `Bring up and look after what a compose file declares

Usage: labc compose [OPTIONS] COMMAND

Examples:
  labc compose up -d --wait                             Start everything and wait until it is ready
  labc compose -f compose.yml -f compose.gpu.yml up -d  Merge two files

Commands:
  stop  Stop containers without removing them

Options:
  -f, --file FILE                 Compose file; give several to merge them, \`-\` reads standard input
  -p, --project-name NAME         Name of the project
      --project-directory FOLDER  Folder that relative paths start from
      --env-file FILE             Read variables from this file, not from .env
      --profile NAME              Switch on a profile; \`*\` switches on all of them
      --progress MODE             How progress is shown: auto, tty, plain, json or quiet
      --ansi WHEN                 When colours are used: auto, never or always
      --parallel N                Engine calls at a time; -1 sets no limit
      --dry-run                   Show what would be done and change nothing
      --compatibility             Name containers as docker-compose 1 did
      --no-wait                   Leave with status 75 where somebody else is changing the project
      --break-lock                Pass over the lock of a process that can’t be judged from here
      --all-resources             Also take in what no service uses
  -H, --host ADDRESS              Engine to talk to, for example unix:///run/docker.sock
      --context NAME              Docker context that says which engine to talk to
  -h, --help                      Show this help
`;

describe('formatGroupHelp', () => {
	test('lists the commands and the flags before them', () =>
		assert.equal(formatGroupHelp('compose', [command], 110), group));

	test('of labc itself names compose first', () => {
		const text = formatGroupHelp('', [], 80);
		assert.match(text, /^labc, the Compose tool.*Commands:\n {2}compose {2}Bring up/s);
	});
});

describe('the help of every command', async () => {
	const commands = await Promise.all(
		Object.entries(registry).map(async ([name, load]) => ({ name, ...(await load()) })),
	);

	test('`labc compose up` fits a screen of 52 lines and names every flag that it has', () => {
		const up = commands.find(({ name }) => name === 'compose up')?.command;
		assert.ok(up);
		const text = formatCommandHelp(up, 80);
		assert.ok(text.split('\n').length <= 53, text);
		assert.match(text, /--menu/);
		assert.match(text, /--detach/);
	});

	for (const { name, command: each } of commands) {
		test(`\`labc ${name}\` says how it is called, with an example`, () => {
			assert.equal(each.name, name);
			assert.ok(each.usage.startsWith(`labc ${name}`), each.usage);
			assert.ok(each.examples.length > 0);
			assert.doesNotMatch(each.summary, /\.$/);
		});

		test(`\`labc ${name}\` keeps within 80 columns`, () => {
			for (const line of formatCommandHelp(each, 80).split('\n')) {
				assert.ok(displayWidth(line) <= 80, `${displayWidth(line)}: ${line}`);
			}
		});

		test(`\`labc ${name}\` uses no letter twice`, () => {
			const letters = ['h', ...Object.values(each.flags).flatMap(({ short }) => short ?? [])];
			assert.equal(new Set(letters).size, letters.length, letters.join(' '));
		});
	}

	test('stands for a command of its group', () => {
		assert.deepEqual(commandNames(''), ['doctor', 'gpu', 'version']);
		assert.deepEqual(commandNames('gpu').slice(0, 2), ['cancel', 'queue']);
		assert.ok(commandNames('compose').includes('up'));
		assert.ok(commandNames('compose').every((name) => !name.includes(' ')));
	});
});
