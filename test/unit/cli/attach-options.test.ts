import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { attachOptions } from '../../../src/cli/attach-options.ts';
import type { CommandContext } from '../../../src/cli/command.ts';
import { parseArgv } from '../../../src/cli/parse-argv.ts';
import { upFlags } from '../../../src/cli/up-flags.ts';
import { needs, project, service } from '../../support/plan-cases.ts';

const lab = project({
	services: {
		db: service(),
		other: service(),
		web: service({ depends_on: { db: needs('service_started') } }),
	},
});
const parts: Partial<CommandContext> = {
	flushProgress: async () => undefined,
	nextSteps: { again: 'labc compose up', addressed: (hint) => hint },
	terminal: { colour: { out: true, err: true }, outIsTerminal: true } as CommandContext['terminal'],
};

const valuesOf = (line: string) =>
	parseArgv(line.split(' ').filter(Boolean), upFlags, { commandName: 'labc compose up' });

function optionsOf(line: string) {
	const { values, args } = valuesOf(line);
	return attachOptions(parts as CommandContext, values, { project: lab, services: args });
}

describe('attachOptions', () => {
	for (const { line, ends } of [
		{ line: '', ends: false },
		{ line: '--watch', ends: true },
	]) {
		test(`\`${line}\` ${ends ? 'ends' : 'goes on'} where nobody reads what is told beside the output`, () => {
			const streams = { outClosed: new AbortController().signal, errClosed: AbortSignal.abort() };
			const terminal = { ...parts.terminal, ...streams } as CommandContext['terminal'];
			const { values } = valuesOf(line);
			const context = { ...parts, terminal } as CommandContext;
			assert.equal(attachOptions(context, values, { project: lab, services: [] }).outClosed.aborted, ends);
		});
	}

	const shown: readonly { line: string; services: readonly string[]; hidden?: readonly string[] }[] = [
		{ line: '', services: ['db', 'other', 'web'] },
		{ line: 'web', services: ['web'] },
		{ line: '--attach-dependencies web', services: ['db', 'web'] },
		{ line: '--attach db web', services: ['db'], hidden: ['web'] },
		{ line: '--attach web', services: ['web'], hidden: ['db', 'other'] },
		{ line: '--attach web web --attach-dependencies', services: ['web'], hidden: ['db'] },
		{ line: '--no-attach other', services: ['db', 'web'], hidden: ['other'] },
		{ line: '--attach-dependencies --no-attach db web', services: ['web'], hidden: ['db'] },
		{ line: '--exit-code-from other web', services: ['web'], hidden: ['other'] },
		{ line: '--no-attach web web', services: [], hidden: ['web'] },
	];
	for (const { line, services, hidden = [] } of shown) {
		test(`\`${line}\` shows ${services.join(', ')} and follows ${hidden.join(', ')} as well`, () => {
			const options = optionsOf(line);
			assert.deepEqual([...options.hidden].sort(), hidden);
			assert.deepEqual(options.services.filter((name) => !options.hidden.has(name)).sort(), services);
		});
	}

	for (const { line, awaited } of [
		{ line: '', awaited: ['db', 'other', 'web'] },
		{ line: '--attach-dependencies web', awaited: ['web'] },
		{ line: '--attach db web', awaited: ['web'] },
		{ line: '--attach web', awaited: ['web'] },
		{ line: '--no-attach other', awaited: ['db', 'web'] },
		{ line: '--exit-code-from other web', awaited: ['other', 'web'] },
		{ line: '--no-attach web --no-attach db --no-attach other', awaited: ['db', 'other', 'web'] },
	]) {
		test(`\`${line}\` ends with ${awaited.join(', ')}`, () =>
			assert.deepEqual([...optionsOf(line).awaited].sort(), awaited));
	}

	const refused: readonly { line: string; code: string }[] = [
		{ line: '--attach nobody', code: 'SERVICE_UNKNOWN' },
		{ line: '--no-attach nobody', code: 'SERVICE_UNKNOWN' },
		{ line: '--exit-code-from nobody', code: 'SERVICE_UNKNOWN' },
	];
	for (const { line, code } of refused) {
		test(`\`${line}\` is refused`, () => assert.throws(() => optionsOf(line), { code }));
	}

	test('the style follows the terminal and the flags', () => {
		assert.deepEqual(optionsOf('').style, { prefix: true, colour: true, terminal: true, separateStderr: true });
		assert.deepEqual(optionsOf('--no-color --no-log-prefix').style, {
			prefix: false,
			colour: false,
			terminal: true,
			separateStderr: true,
		});
	});

	test('what ends everything is asked for by flag', () => {
		assert.equal(optionsOf('').stopOn, undefined);
		assert.equal(optionsOf('--abort-on-container-exit').stopOn, 'exit');
		assert.equal(optionsOf('--abort-on-container-failure').stopOn, 'failure');
		assert.equal(optionsOf('--exit-code-from web').exitCodeFrom, 'web');
	});
});
