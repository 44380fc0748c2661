import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Outcome, type Scenario, scenario, whyNoEngine } from './scenario.ts';

const skip = whyNoEngine() ?? false;
const service = (mark: string) =>
	`{image: 'labc/busybox:latest', command: [sleep, '900'], init: true, volumes: ['./a:/a'], environment: {MARK: ${mark}}}`;
const files = { 'compose.yaml': `services: {a: ${service('one')}}\n`, 'a/file': '' };

describe('containers with the hashes of docker compose 5.x', { skip }, () => {
	test('a plain up keeps them, plans nothing for them and gives their form to what it makes', async () => {
		await using five = scenario({ files, env: { LABC_HASH_FORM: '5' } });
		await using plain = scenario({ folder: five.folder, project: five.project });
		assertDone(await five.labc('compose', 'up', '-d'));
		const made = await hashes(five);
		assert.notEqual(made['a'], await printedHash(plain, 'a'), 'both forms are alike, so nothing is shown');

		assert.equal(made['a'], await printedHash(five, 'a'));

		const before = await five.containers();
		assertDone(await plain.labc('compose', 'up', '-d'));
		assert.equal((await plain.labc('compose', 'plan', '--detailed-exitcode')).status, 0);
		assert.deepEqual(
			(await five.containers()).map(({ Id, State }) => [Id, State.StartedAt]),
			before.map(({ Id, State }) => [Id, State.StartedAt]),
		);

		plain.write('compose.yaml', `services: {a: ${service('two')}, b: ${service('one')}}\n`);
		assertDone(await plain.labc('compose', 'up', '-d'));
		const { a, b } = await hashes(plain);
		assert.notEqual(a, made['a']);
		assert.notEqual(a, await printedHash(plain, 'a'));
		assert.notEqual(b, await printedHash(plain, 'b'));
		assert.equal((await five.labc('compose', 'plan', '--detailed-exitcode')).status, 0);
	});

	test('a project whose containers carry the form of 2.x keeps it, whatever is asked', async () => {
		await using plain = scenario({ files });
		await using five = scenario({ folder: plain.folder, project: plain.project, env: { LABC_HASH_FORM: '5' } });
		assertDone(await plain.labc('compose', 'up', '-d'));
		const made = await hashes(plain);
		assert.equal(made['a'], await printedHash(plain, 'a'));

		assertDone(await five.labc('compose', 'up', '-d'));
		assert.deepEqual(await hashes(plain), made);
	});
});

async function hashes(place: Scenario): Promise<Readonly<Record<string, string | undefined>>> {
	const all = (await place.containers()).map(({ Config: { Labels } }) => Labels);
	return Object.fromEntries(
		all.map((labels) => [labels['com.docker.compose.service'], labels['com.docker.compose.config-hash']]),
	);
}

/** What `config --hash` prints. */
async function printedHash(place: Scenario, name: string): Promise<string | undefined> {
	const outcome = await place.labc('compose', 'config', '--hash', name);
	assertDone(outcome);
	return outcome.stdout.trim().split(' ')[1];
}

function assertDone({ status, stderr }: Outcome): void {
	assert.equal(status, 0, stderr);
}
