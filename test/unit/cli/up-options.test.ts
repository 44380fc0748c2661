import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseArgv } from '../../../src/cli/parse-argv.ts';
import { upFlags } from '../../../src/cli/up-flags.ts';
import { isDetached, upOptions } from '../../../src/cli/up-options.ts';

const parse = (line: string) => parseArgv(line.split(' ').filter(Boolean), upFlags, { commandName: 'labc compose up' });
const optionsOf = (line: string, env: Readonly<Record<string, string>> = {}) => {
	const { values, args } = parse(line);
	return upOptions(values, args, env);
};

describe('upOptions', () => {
	test('without flags nothing unusual is asked for', () => {
		assert.deepEqual(optionsOf(''), {
			services: [],
			noDeps: false,
			recreate: 'diverged',
			alwaysRecreateDeps: false,
			renewAnonymousVolumes: false,
			mendsDrift: false,
			build: 'missing',
			pull: undefined,
			start: true,
			wait: false,
			waitTimeoutSeconds: undefined,
			stopTimeoutSeconds: undefined,
			scale: new Map(),
			orphans: 'warn',
			hashForm: undefined,
		});
	});

	const settings: readonly {
		line: string;
		env?: Readonly<Record<string, string>>;
		has: Readonly<Record<string, unknown>>;
	}[] = [
		{ line: 'a b', has: { services: ['a', 'b'] } },
		{ line: '--force-recreate', has: { recreate: 'force' } },
		{ line: '--no-recreate', has: { recreate: 'never' } },
		{ line: '--build', has: { build: 'always' } },
		{ line: '--no-build', has: { build: 'never' } },
		{ line: '--pull always', has: { pull: 'always' } },
		{ line: '-y', has: { recreateVolumes: 'all' } },
		{ line: '-V', has: { renewAnonymousVolumes: true } },
		{ line: '--no-start', has: { start: false } },
		{ line: '--wait', has: { wait: true } },
		{ line: '--wait-timeout 5', has: { wait: true, waitTimeoutSeconds: 5 } },
		{ line: '--wait-timeout 0', has: { wait: true, waitTimeoutSeconds: undefined } },
		{ line: '-t 0', has: { stopTimeoutSeconds: 0 } },
		{ line: '-t -1', has: { stopTimeoutSeconds: -1 } },
		{
			line: '--scale a=3 --scale b=0',
			has: {
				scale: new Map([
					['a', 3],
					['b', 0],
				]),
			},
		},
		{ line: '--menu=false', has: { start: true } },
		{ line: '', env: { LABC_HASH_FORM: '5' }, has: { hashForm: '5' } },
		{ line: '', env: { LABC_HASH_FORM: '' }, has: { hashForm: undefined } },
		{ line: '--remove-orphans', has: { orphans: 'remove' } },
		{ line: '', env: { COMPOSE_REMOVE_ORPHANS: '1' }, has: { orphans: 'remove' } },
		{ line: '', env: { COMPOSE_IGNORE_ORPHANS: 'true' }, has: { orphans: 'ignore' } },
		{ line: '--remove-orphans=false', env: { COMPOSE_REMOVE_ORPHANS: '1' }, has: { orphans: 'warn' } },
	];
	for (const { line, env, has } of settings) {
		test(`\`${line}\`${env === undefined ? '' : ` with ${JSON.stringify(env)}`}`, () => {
			const options: Readonly<Record<string, unknown>> = { ...optionsOf(line, env) };
			for (const [name, value] of Object.entries(has)) assert.deepEqual(options[name], value);
		});
	}

	const refused: readonly { line: string; env?: Readonly<Record<string, string>>; message: RegExp }[] = [
		{ line: '-d --watch', message: /`--detach` and `--watch` are incompatible/ },
		{ line: '-d --no-attach a', message: /`--detach` and `--no-attach` are incompatible/ },
		{ line: '-d --attach-dependencies', message: /incompatible/ },
		{ line: '--build --no-build', message: /`--build` and `--no-build` are incompatible/ },
		{ line: '--force-recreate --no-recreate', message: /incompatible/ },
		{ line: '-V --no-recreate', message: /incompatible/ },
		{ line: '-d --abort-on-container-exit', message: /`--detach` and `--abort-on-container-exit` are incompatible/ },
		{ line: '--wait --exit-code-from a', message: /`--wait` and `--exit-code-from` are incompatible/ },
		{ line: '-d --attach a', message: /`--detach` and `--attach` are incompatible/ },
		{ line: '--scale a', message: /invalid scale `a`/ },
		{ line: '--scale a=many', message: /invalid scale `a=many`/ },
		{ line: '', env: { LABC_HASH_FORM: '3' }, message: /LABC_HASH_FORM is `3`, expected 2 or 5/ },
		{ line: '--gpu-wait', env: { LABC_GPU_ALLOT: 'off' }, message: /`--gpu-wait` waits .* LABC_GPU_ALLOT=off/ },
		{ line: '--remove-orphans', env: { COMPOSE_IGNORE_ORPHANS: '1' }, message: /COMPOSE_IGNORE_ORPHANS/ },
	];
	for (const { line, env, message } of refused) {
		test(`refuses \`${line}\``, () => {
			assert.throws(() => optionsOf(line, env), { code: 'USAGE_INVALID', message });
		});
	}
});

describe('isDetached', () => {
	const cases = [
		{ line: '', detached: false },
		{ line: '-d', detached: true },
		{ line: '--wait', detached: true },
		{ line: '--wait-timeout 3', detached: true },
		{ line: '--no-start', detached: true },
		{ line: '--abort-on-container-exit', detached: false },
	];
	for (const { line, detached } of cases) {
		test(`\`${line}\` ${detached ? 'ends when the containers run' : 'stays with them'}`, () => {
			assert.equal(isDetached(parse(line).values), detached);
		});
	}
});
