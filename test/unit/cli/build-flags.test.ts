import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildFlags, buildOptions } from '../../../src/cli/build-flags.ts';
import { downFlags, downOptions } from '../../../src/cli/down-flags.ts';
import { parseArgv } from '../../../src/cli/parse-argv.ts';

const build = (line: string, env: Readonly<Record<string, string>> = {}) => {
	const { values, args } = parseArgv(line.split(' ').filter(Boolean), buildFlags, {
		commandName: 'labc compose build',
	});
	return buildOptions(values, args, new Map(Object.entries(env)));
};
const down = (line: string, env: Readonly<Record<string, string>> = {}) => {
	const { values, args } = parseArgv(line.split(' ').filter(Boolean), downFlags, { commandName: 'labc compose down' });
	return downOptions(values, args, env);
};

describe('buildOptions', () => {
	test('builds the named services alone, unless their dependencies are asked for', () => {
		assert.equal(build('web').noDeps, true);
		assert.equal(build('--with-dependencies web').noDeps, false);
	});

	test('pushes where that is asked for', () => {
		assert.equal(build('').builds.push, false);
		assert.equal(build('--push').builds.push, true);
	});

	const args = [
		{ line: '--build-arg A=1 --build-arg B=x=y', args: { A: '1', B: 'x=y' } },
		{ line: '--build-arg A', args: { A: 'from outside' } },
		{ line: '--build-arg NOT_SET', args: {} },
		{ line: '--build-arg A=', args: { A: '' } },
	];
	for (const each of args) {
		test(`\`${each.line}\``, () => {
			assert.deepEqual(build(each.line, { A: 'from outside' }).builds.args, each.args);
		});
	}

	test('an argument without a name is refused', () => {
		assert.throws(() => build('--build-arg =1'), { code: 'USAGE_INVALID', message: /NAME=VALUE/ });
	});

	for (const line of ['--ssh default', '--builder x', '--check', '--print', '-m 1g', '--sbom x', '--compress']) {
		test(`refuses \`${line}\`, which is never ignored`, () => {
			assert.throws(() => build(line), { code: 'USAGE_INVALID', message: /is not supported yet/ });
		});
	}
});

describe('downOptions', () => {
	test('without flags volumes, images and orphans stay', () => {
		assert.deepEqual(down(''), {
			services: [],
			volumes: false,
			images: undefined,
			removeOrphans: false,
			stopTimeoutSeconds: undefined,
		});
	});

	test('takes what is to go', () => {
		assert.deepEqual(down('-v --rmi local --remove-orphans -t 3 web'), {
			services: ['web'],
			volumes: true,
			images: 'local',
			removeOrphans: true,
			stopTimeoutSeconds: 3,
		});
	});

	test('`--rmi` takes two words', () => {
		assert.throws(() => down('--rmi some'), { code: 'USAGE_INVALID', message: /local or all, not `some`/ });
	});
});
