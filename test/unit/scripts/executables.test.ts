import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { requireExecutable } from '../../../scripts/executables.ts';

const root = path.resolve(import.meta.dirname, '../../..');

describe('the programs that scripts compare labc with', () => {
	test('are found by a bare name on PATH and by their path', () => {
		const found = requireExecutable('sh', 'there is one on any machine');
		assert.ok(path.isAbsolute(found));
		assert.equal(requireExecutable(found, 'it was found just now'), found);
	});

	const absent = [
		{ when: 'a bare name is nowhere on PATH', args: ['--labc', 'sh', '--reference', 'no-such-compose'] },
		{ when: 'a path leads nowhere', args: ['--labc', 'no/such/labc'] },
		{ when: 'a file can’t be executed', args: ['--labc', './package.json'] },
	];
	for (const { when, args } of absent) {
		test(`end the fuzzer with one line when ${when}`, () => {
			const { status, stderr } = spawnSync(process.execPath, ['scripts/fuzz.ts', ...args], {
				cwd: root,
				encoding: 'utf8',
			});
			assert.equal(status, 1);
			assert.match(stderr, new RegExp(`^\`${args.at(-1)}\` is no executable.*: .*\\n$`));
		});
	}
});
