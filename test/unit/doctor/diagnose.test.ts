import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../../../src/doctor/diagnose.ts';
import { hasFailure } from '../../../src/doctor/finding.ts';
import { facts, machine, silence, space } from '../../support/doctor-facts.ts';

const statuses = (given: Parameters<typeof facts>[0]): readonly string[] =>
	diagnose(facts(given)).map(({ check, status }) => `${check} ${status}`);

test('a machine on which nothing is wrong is well in every check', () => {
	const names = ['engine', 'driver', 'toolkit', 'CDI', 'cgroup', 'shm', 'inotify', 'disk', 'locks'];
	assert.deepEqual(
		statuses({}),
		names.map((name) => `${name} ok`),
	);
});

test('without an engine the machine is looked at all the same', () => {
	assert.deepEqual(
		statuses({ engine: silence }).filter((text) => !text.endsWith(' ok')),
		['engine fail', 'CDI skip', 'cgroup skip', 'disk skip', 'locks skip'],
	);
});

test('of a far engine only what it tells itself is looked at', () => {
	assert.deepEqual(
		statuses({ machine: undefined }).filter((text) => text.endsWith(' skip')),
		['driver skip', 'toolkit skip', 'cgroup skip', 'shm skip', 'disk skip'],
	);
});

test('only a failure is one: warnings and what was not looked at are none', () => {
	assert.equal(hasFailure(diagnose(facts({ machine: undefined, inotify: { watches: 1, instances: 1 } }))), false);
	assert.equal(hasFailure(diagnose(facts({ machine: machine({ disk: space({ free: 0 }) }) }))), true);
});
