import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeStep, describeSteps } from '../../../src/execute/step-progress.ts';
import type { AwaitCondition, Operation } from '../../../src/plan/plan.ts';
import { create, pull, remove, rename, start, step, stop } from './steps.ts';

const web = { name: 'lab-web-1', id: 'w' };
const network = { name: 'lab_default', ipam: {} };
const volume = { name: 'lab_data' };
const endpoint = { network: 'lab_default', aliases: [] };
const waiting = (condition: AwaitCondition): Operation => ({
	type: 'container.await',
	service: 'web',
	containers: [web, { name: 'lab-web-2', id: 'x' }],
	condition,
	required: true,
});

const cases: readonly { operation: Operation; text: string }[] = [
	{ operation: pull('busybox:1'), text: 'Image busybox:1 Pulling Pulled' },
	{ operation: { type: 'image.push', service: 'web', image: 'r/a:1' }, text: 'Image r/a:1 Pushing Pushed' },
	{ operation: { type: 'image.build', services: ['a', 'b'] }, text: 'Service a, b Building Built' },
	{ operation: { type: 'image.remove', service: 'a', image: 'lab-a' }, text: 'Image lab-a Removing Removed' },
	{
		operation: { type: 'network.create', key: 'default', network, labels: {} },
		text: 'Network lab_default Creating Created',
	},
	{
		operation: { type: 'network.remove', key: 'default', name: 'lab_default', id: 'n' },
		text: 'Network lab_default Removing Removed',
	},
	{
		operation: { type: 'network.connect', key: 'default', container: web, endpoint },
		text: 'Container lab-web-1 Connecting Connected',
	},
	{
		operation: { type: 'network.disconnect', key: 'default', id: 'n', container: web },
		text: 'Container lab-web-1 Disconnecting Disconnected',
	},
	{ operation: { type: 'volume.create', key: 'data', volume, labels: {} }, text: 'Volume lab_data Creating Created' },
	{ operation: { type: 'volume.remove', key: 'data', name: 'lab_data' }, text: 'Volume lab_data Removing Removed' },
	{ operation: create(), text: 'Container lab-web-1 Creating Created' },
	{ operation: start(web), text: 'Container lab-web-1 Starting Started' },
	{ operation: stop(web), text: 'Container lab-web-1 Stopping Stopped' },
	{ operation: rename(web, 'other'), text: 'Container lab-web-1 Renaming Renamed' },
	{ operation: remove(web), text: 'Container lab-web-1 Removing Removed' },
	{ operation: waiting('service_started'), text: 'Container lab-web-1, lab-web-2 Waiting Started' },
	{ operation: waiting('service_healthy'), text: 'Container lab-web-1, lab-web-2 Waiting Healthy' },
	{ operation: waiting('running_or_healthy'), text: 'Container lab-web-1, lab-web-2 Waiting Healthy' },
	{ operation: waiting('service_completed_successfully'), text: 'Container lab-web-1, lab-web-2 Waiting Exited' },
];

describe('describeStep', () => {
	for (const { operation, text } of cases) {
		test(`${operation.type} is told as ${text}`, () => {
			const { resource, doing, done } = describeStep(step(1, [], operation));
			assert.equal(`${resource.kind} ${resource.name} ${doing} ${done}`, text);
		});
	}
});

describe('describeSteps', () => {
	const old = { name: 'lab-web-1', id: 'old' };
	const fresh = { name: 'old_lab-web-1', createdBy: 1 };
	const replacement = [
		step(1, [], create({ name: 'old_lab-web-1' }, 'old')),
		step(2, [1], stop(old)),
		step(3, [2], rename(old, 'old_lab-web-1_replaced')),
		step(4, [3], rename(fresh, 'lab-web-1')),
		step(5, [4], start({ name: 'lab-web-1', createdBy: 1 })),
		step(6, [5], remove({ name: 'old_lab-web-1_replaced', id: 'old' })),
	];

	test('the steps that replace a container are one, under the name it ends with', () => {
		const told = describeSteps(replacement);
		for (const id of [1, 2, 3, 4, 6]) {
			assert.deepEqual(told.get(id)?.info, {
				id: '1',
				resource: { kind: 'Container', name: 'lab-web-1' },
				doing: 'Recreate',
				done: 'Recreated',
			});
		}
	});

	test('a replacement is over when the new container has the name', () => {
		const told = describeSteps(replacement);
		assert.deepEqual(
			[1, 2, 3, 4, 6].map((id) => told.get(id)?.ends),
			[false, false, false, true, false],
		);
	});

	test('a replacement that only lacks its name is over with its last step', () => {
		const told = describeSteps([step(1, [], create({}, 'old')), step(2, [1], stop(old)), step(3, [2], remove(old))]);
		assert.deepEqual(
			[1, 2, 3].map((id) => told.get(id)?.ends),
			[false, false, true],
		);
	});

	test('the start after a replacement is told by itself', () => {
		assert.equal(describeSteps(replacement).get(5)?.info.doing, 'Starting');
	});

	test('an old container that is only renamed away belongs to its replacement', () => {
		const told = describeSteps([step(1, [], create({}, 'old')), step(2, [1], rename(old, 'aside'))]);
		assert.equal(told.get(2)?.info.doing, 'Recreate');
	});

	test('two replacements are told apart', () => {
		const told = describeSteps([
			step(1, [], create({ name: 'a' }, 'old-a')),
			step(2, [], create({ name: 'b' }, 'old-b')),
			step(3, [1], remove({ name: 'a', id: 'old-a' })),
			step(4, [2], remove({ name: 'b', id: 'old-b' })),
		]);
		assert.deepEqual(
			[3, 4].map((id) => told.get(id)?.info.id),
			['1', '2'],
		);
	});

	test('stopping another container beside a replacement is told by itself', () => {
		const told = describeSteps([...replacement, step(7, [], stop({ name: 'lab-db-1', id: 'db' }))]);
		assert.equal(told.get(7)?.info.doing, 'Stopping');
	});
});
