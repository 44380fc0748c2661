import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Emit } from '../../../src/events/event.ts';
import { newLimitTeller } from '../../../src/watch/limit-teller.ts';

type Told = Parameters<Emit>[0];

function teller(value?: number) {
	const told: Told[] = [];
	const limits = newLimitTeller(
		(event) => void told.push(event),
		() => value,
	);
	return { told, limits };
}
const types = (told: readonly Told[]): readonly string[] => told.map(({ type }) => type);
const [one, other, later] = [{}, {}, {}];

describe('a limit of the system', () => {
	test('is told once, however many trees reach it and however often the project is read again', () => {
		const { told, limits } = teller();
		limits.reached(one, 'max_user_watches');
		limits.reached(other, 'max_user_watches');
		limits.reached(later, 'max_user_watches');
		for (const tree of [one, other]) limits.left(tree);
		limits.check();
		assert.deepEqual(types(told), ['warning']);
		limits.reached(later, 'max_user_instances');
		assert.deepEqual(types(told), ['warning', 'warning']);
	});

	test('is told to have passed when all trees are watched, once', () => {
		const { told, limits } = teller();
		limits.passed(one);
		limits.check();
		for (const tree of [one, other]) limits.reached(tree, 'max_user_watches');
		limits.passed(one);
		assert.deepEqual(types(told), ['warning']);
		limits.passed(other);
		limits.reached(one, 'max_user_watches');
		limits.passed(one);
		assert.deepEqual(types(told), ['warning', 'watch.unlimited']);
	});

	test('is told to have passed also where the project was read again, and fits now; not where the watch ends', () => {
		const { told, limits } = teller();
		limits.reached(one, 'max_user_watches');
		limits.left(one);
		assert.deepEqual(types(told), ['warning']);
		limits.check();
		assert.deepEqual(types(told), ['warning', 'watch.unlimited']);
	});

	const cases = [
		{ limit: 'max_user_watches', value: 8192, wanted: 524_288 },
		{ limit: 'max_user_watches', value: 524_288, wanted: 1_048_576 },
		{ limit: 'max_user_watches', value: undefined, wanted: 524_288 },
		{ limit: 'max_user_instances', value: 128, wanted: 1024 },
		{ limit: 'max_user_instances', value: 4000, wanted: 8000 },
	] as const;
	for (const { limit, value, wanted } of cases) {
		test(`names the command that raises it: ${limit} of ${value} to ${wanted}`, () => {
			const { told, limits } = teller(value);
			limits.reached(one, limit);
			const [warning] = told;
			assert.ok(warning?.type === 'warning');
			const setting = `fs.inotify.${limit}`;
			assert.ok(warning.message.includes(`(${setting}${value === undefined ? '' : `=${value}`}): until it is raised`));
			assert.ok(warning.hint?.startsWith(`Run \`sudo sysctl ${setting}=${wanted}\``));
		});
	}
});
