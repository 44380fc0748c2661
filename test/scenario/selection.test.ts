import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scenario, whyNoEngine } from './scenario.ts';

const sleeper = 'image: labc/busybox:latest, command: sleep infinity, stop_grace_period: 0s';
const file = `services:
  a: {${sleeper}, depends_on: [base]}
  b: {${sleeper}}
  base: {${sleeper}}
  job: {${sleeper}, profiles: [jobs]}
`;

describe('naming services', { skip: whyNoEngine() ?? false, concurrency: false }, () => {
	test('brings them and their dependencies up and nothing else', async () => {
		await using lab = scenario({ files: { 'compose.yaml': file } });
		const up = await lab.labc('compose', 'up', '-d', 'a');
		assert.equal(up.status, 0, up.stderr);
		assert.deepEqual(
			(await lab.containers()).map(({ Config }) => Config.Labels['com.docker.compose.service']),
			['a', 'base'],
		);
	});

	test('calls the others no orphans, not those whose profile is off either', async () => {
		await using lab = scenario({ files: { 'compose.yaml': file } });
		assert.equal((await lab.labc('compose', '--profile', 'jobs', 'up', '-d')).status, 0);
		for (const args of [
			['up', '-d', 'a'],
			['up', '-d'],
			['run', '--rm', '--no-deps', 'a', 'true'],
		]) {
			const outcome = await lab.labc('compose', ...args);
			assert.equal(outcome.status, 0, outcome.stderr);
			assert.doesNotMatch(outcome.stderr, /orphan/i, args.join(' '));
		}
		assert.equal((await lab.containers()).length, 4);
	});

	test('a container whose service is gone from the file is an orphan, told of and removed when asked', async () => {
		await using lab = scenario({ files: { 'compose.yaml': file } });
		assert.equal((await lab.labc('compose', 'up', '-d')).status, 0);
		lab.write('compose.yaml', file.replace(/ {2}b: .*\n/, ''));
		const warned = await lab.labc('compose', 'up', '-d');
		assert.match(warned.stderr, new RegExp(`orphan containers \\(\\[${lab.project}-b-1\\]\\)`));
		assert.equal((await lab.containers()).length, 3);
		assert.equal((await lab.labc('compose', 'up', '-d', '--remove-orphans')).status, 0);
		assert.equal((await lab.containers()).length, 2);
	});
});
