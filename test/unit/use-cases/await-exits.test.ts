import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planChanges } from '../../../src/plan/plan-changes.ts';
import { awaitAndTakeDown } from '../../../src/use-cases/await-and-take-down.ts';
import { awaitExits } from '../../../src/use-cases/await-exits.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const ends = { quick: { exitAfterMs: 20, exitCode: 3 }, slow: { exitAfterMs: 60, exitCode: 4 } };
const stack = project({ services: { quick: service(), slow: service(), stays: service() } });

async function upBench() {
	const tools = bench({
		images: { app: {} },
		behaviour: ({ labels }) => ({ ...ends[labels['com.docker.compose.service'] as keyof typeof ends] }),
	});
	await bringUp(stack, tools, {});
	return tools;
}

async function wait(tools: Awaited<ReturnType<typeof upBench>>, services: readonly string[]) {
	const codes: number[] = [];
	const status = await awaitExits('lab', tools, {
		services,
		onExit: async ({ exitCode }) => void codes.push(exitCode),
	});
	return { codes, status };
}

describe('awaitExits', () => {
	test('tells each end and gives the exit code of the last', async () => {
		assert.deepEqual(await wait(await upBench(), ['slow', 'quick']), { codes: [3, 4], status: 4 });
	});

	test('waits for the named services only', async () => {
		assert.deepEqual(await wait(await upBench(), ['quick']), { codes: [3], status: 3 });
	});

	test('what has ended already is not waited for', async () => {
		const tools = await upBench();
		await wait(tools, ['quick']);
		await assert.rejects(wait(tools, ['quick']), {
			code: 'CONTAINER_MISSING',
			message: 'no containers for project `lab`: nothing runs of `quick`',
		});
	});

	test('a dry run shows what would be waited for and does not wait', async () => {
		const tools = await upBench();
		const shown: Plan[] = [];
		const given = { ...tools, show: async (plan: Plan) => void shown.push(plan) };
		assert.deepEqual(await wait(given, ['stays']), { codes: [], status: 0 });
		assert.deepEqual(shown.map(formatPlan), [
			'1 container.await lab-stays-1 (service_completed_successfully): the command ends when it has ended',
		]);
	});

	test('a dry run that takes the project down afterwards shows both as one plan, the wait first', async () => {
		const tools = await upBench();
		const shown: Plan[] = [];
		const given = { ...tools, show: async (plan: Plan) => void shown.push(plan) };
		const options = { services: ['stays'], onExit: () => assert.fail('nothing has ended') };
		assert.equal(await awaitAndTakeDown({ name: 'lab', project: undefined }, given, options), 0);
		const [plan, ...others] = shown;
		assert.deepEqual(others, []);
		const steps = plan?.steps ?? [];
		assert.ok(steps.every(({ id, dependsOn }, index) => id === index + 1 && dependsOn.every((one) => one < id)));
		assert.deepEqual(
			steps.filter(({ dependsOn }) => dependsOn.length === 0).map(({ operation }) => operation.type),
			['container.await'],
		);
		const changes = planChanges(steps).map(({ verb, subject }) => `${verb} ${subject}`);
		assert.ok(
			changes.includes('remove lab-stays-1') && changes.some((change) => change.startsWith('wait for lab-stays-1')),
			changes.join(),
		);
	});

	test('an interruption ends the waiting', async () => {
		const tools = await upBench();
		const waiting = wait(tools, ['stays']);
		setImmediate(() => tools.interrupt.abort(new DOMException('SIGINT', 'AbortError')));
		await assert.rejects(waiting, { name: 'AbortError' });
	});
});
