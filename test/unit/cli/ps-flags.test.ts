import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CommandContext } from '../../../src/cli/command.ts';
import { parseArgv } from '../../../src/cli/parse-argv.ts';
import { psFlags, readListing } from '../../../src/cli/ps-flags.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { createInMemoryEngine } from '../../support/in-memory-engine.ts';
import { project, service } from '../../support/plan-cases.ts';

const lab = project({ services: { web: service(), db: service() }, disabled: { job: service() } });

/** A command line, and whether the file was read for it. */
async function read(line: string, { name = undefined as string | undefined } = {}) {
	let isLoaded = false;
	const context = {
		globals: { projectName: name },
		env: {},
		async loadProject() {
			isLoaded = true;
			return { project: lab };
		},
		engine: async (): Promise<Engine> => createInMemoryEngine(),
	} as Partial<CommandContext> as CommandContext;
	const { values, args } = parseArgv(line.split(' ').filter(Boolean), psFlags, { commandName: 'labc compose ps' });
	const { request, format } = await readListing(context, values, args);
	return { request, format, isLoaded };
}

const cases: readonly { line: string; name?: string; request: object; isLoaded?: boolean; format?: string }[] = [
	{ line: '', request: { projectName: lab.name } },
	{ line: '', name: 'other', isLoaded: false, request: { projectName: 'other' } },
	{ line: 'web', request: { services: ['web'] } },
	{ line: 'job', request: { services: ['job'] } },
	{ line: 'anything', name: 'other', isLoaded: false, request: { projectName: 'other', services: ['anything'] } },
	{ line: '-a', request: { all: true } },
	{ line: '--status exited --status dead', request: { states: ['exited', 'dead'] } },
	{ line: '--filter status=running', request: { states: ['running'] } },
	{ line: '--orphans=false', request: { services: ['web', 'db', 'job'] } },
	{ line: '--orphans=false web', request: { services: ['web'] } },
	{ line: '--orphans', request: {} },
	{ line: '--format json', format: 'json', request: {} },
];

describe('readListing', () => {
	for (const { line, name, request, isLoaded = true, format = 'table' } of cases) {
		test(`reads \`${line}\`${name === undefined ? '' : ' of a named project'}`, async () => {
			const listing = await read(line, { name });
			const defaults = { projectName: lab.name, services: [], all: false, states: [] };
			assert.deepEqual(listing, { format, isLoaded, request: { ...defaults, ...request } });
		});
	}
});

const refused: readonly { line: string; code: string; message: string; hint: RegExp }[] = [
	{
		line: 'webb',
		code: 'SERVICE_UNKNOWN',
		message: 'there is no service `webb` in this project',
		hint: /Did you mean `web`/,
	},
	{
		line: 'zzzzz',
		code: 'SERVICE_UNKNOWN',
		message: 'there is no service `zzzzz` in this project',
		hint: /Name one of/,
	},
	{
		line: '--status runing',
		code: 'USAGE_INVALID',
		message: '`runing` is no state of a container',
		hint: /Did you mean `running`/,
	},
	{
		line: '--status zzzzz',
		code: 'USAGE_INVALID',
		message: '`zzzzz` is no state of a container',
		hint: /created, running/,
	},
	{
		line: '--filter name=x',
		code: 'USAGE_INVALID',
		message: '`--filter` takes status=STATE, not `name=x`',
		hint: /status=running/,
	},
	{
		line: '--filter status',
		code: 'USAGE_INVALID',
		message: '`--filter` takes status=STATE, not `status`',
		hint: /status=running/,
	},
	{
		line: '--format {{.Name',
		code: 'USAGE_INVALID',
		message: 'the template of `--format` is wrong: `{{` is not closed',
		hint: /}}/,
	},
];

describe('readListing refuses', () => {
	for (const { line, code, message, hint } of refused) {
		test(`\`${line}\``, () =>
			assert.rejects(read(line), (error) => {
				assert.ok(error instanceof LabcError);
				assert.deepEqual([error.code, error.message], [code, message]);
				assert.match(error.hint ?? '', hint);
				return true;
			}));
	}
});
