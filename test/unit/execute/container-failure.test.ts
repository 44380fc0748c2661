import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LogOptions } from '../../../src/engine/container-api.ts';
import { containerFailure, type FailedContainer } from '../../../src/execute/container-failure.ts';
import { details, exited, running, scriptedContainers } from './scripted-containers.ts';

const failed = (over: Partial<FailedContainer>): FailedContainer => ({
	service: 'web',
	name: 'lab-web-1',
	details: details(exited(3)),
	condition: 'running_or_healthy',
	failure: { problem: 'exited' },
	...over,
});

const cases: readonly {
	when: string;
	failed: FailedContainer;
	log?: string;
	message: readonly string[];
	hint: RegExp;
}[] = [
	{
		when: 'a container exits under --wait',
		failed: failed({}),
		log: 'one\ntwo\n',
		message: ['container lab-web-1 exited (3)', 'the end of its log:', '  one', '  two'],
		hint: /labc compose logs web/,
	},
	{
		when: 'a dependency exits',
		failed: failed({ condition: 'service_healthy' }),
		message: ['dependency failed to start: container lab-web-1 exited (3)', 'it wrote no log'],
		hint: /labc compose logs web/,
	},
	{
		when: 'a dependency is unhealthy',
		failed: failed({
			condition: 'service_healthy',
			failure: { problem: 'unhealthy' },
			details: details(running({ health: 'unhealthy', lastProbe: 'no luck\n' })),
		}),
		message: [
			'dependency failed to start: container lab-web-1 is unhealthy',
			'its last health check said:',
			'  no luck',
			'it wrote no log',
		],
		hint: /healthcheck\.test/,
	},
	{
		when: 'a health check fails without a word',
		failed: failed({ failure: { problem: 'unhealthy' }, details: details(running({ health: 'unhealthy' })) }),
		message: ['container lab-web-1 is unhealthy', 'its last health check said nothing', 'it wrote no log'],
		hint: /exec web sh/,
	},
	{
		when: 'a dependency has no health check',
		failed: failed({
			condition: 'service_healthy',
			failure: { problem: 'no health check' },
			details: details(running()),
		}),
		log: 'not of interest',
		message: ['dependency failed to start: container lab-web-1 has no healthcheck configured'],
		hint: /service_started/,
	},
	{
		when: 'a job fails',
		failed: failed({
			condition: 'service_completed_successfully',
			failure: { problem: 'incomplete' },
			details: details(exited(1)),
		}),
		message: ['service "web" didn\'t complete successfully: exit 1', 'it wrote no log'],
		hint: /logs web/,
	},
	{
		when: 'a hook before the start fails',
		failed: failed({
			name: 'lab-web-pre_start-0',
			condition: 'service_completed_successfully',
			failure: { problem: 'incomplete' },
			details: details(exited(3)),
			preStart: 0,
		}),
		log: 'no such table',
		message: [
			'pre_start hook of service "web" didn\'t complete successfully: exit 3',
			'the end of its log:',
			'  no such table',
		],
		hint: /^Mend hook 1 under `pre_start` of service `web`; `docker logs lab-web-pre_start-0`/,
	},
	{
		when: 'the kernel killed it for its memory',
		failed: failed({ details: details(exited(137, { oomKilled: true })) }),
		message: [
			'container lab-web-1 exited (137)',
			'the kernel killed it: it wanted more memory than it may have',
			'it wrote no log',
		],
		hint: /memory limit of service `web`/,
	},
	{
		when: 'the engine knows why',
		failed: failed({ details: details(exited(128, { error: 'no such device' })) }),
		message: ['container lab-web-1 exited (128)', 'the engine says: no such device', 'it wrote no log'],
		hint: /logs web/,
	},
	{
		when: 'the program is not found',
		failed: failed({ details: details(exited(127)) }),
		message: ['container lab-web-1 exited (127)', 'it wrote no log'],
		hint: /was not found/,
	},
	{
		when: 'a job that nobody declared as one ends well',
		failed: failed({ details: details(exited(0)) }),
		message: ['container lab-web-1 exited (0)', 'it wrote no log'],
		hint: /service_completed_successfully/,
	},
];

describe('containerFailure', () => {
	for (const each of cases) {
		test(`when ${each.when}`, async () => {
			const scripted = scriptedContainers({});
			scripted.logs.set('w', each.log ?? '');
			const error = await containerFailure(scripted.engine, each.failed);
			assert.deepEqual(error.message.split('\n'), each.message);
			assert.match(error.hint ?? '', each.hint);
		});
	}

	test('an unhealthy container and an ended one have codes of their own', async () => {
		const { engine } = scriptedContainers({});
		const unhealthy = failed({ failure: { problem: 'unhealthy' }, details: details(running({ health: 'unhealthy' })) });
		assert.equal((await containerFailure(engine, unhealthy)).code, 'CONTAINER_UNHEALTHY');
		assert.equal((await containerFailure(engine, failed({}))).code, 'CONTAINER_EXITED');
	});

	test('a log that cannot be read does not hide the failure', async () => {
		const engine = { containerLogs: () => Promise.reject(new Error('driver does not support reading')) };
		const error = await containerFailure(engine, failed({}));
		assert.equal(error.message, 'container lab-web-1 exited (3)\nit wrote no log');
	});

	describe('the end of the log of a container that ran before', () => {
		const startedAt = '2026-01-02T13:23:37.500000000Z';
		const logs = (written: Readonly<Record<string, string>>, asked: (string | undefined)[]) => ({
			async containerLogs(_id: string, { since }: LogOptions) {
				asked.push(since);
				const bytes = Buffer.from(written[since ?? 'all'] ?? '');
				return (async function* () {
					yield { stream: 'stdout', bytes } as const;
				})();
			},
		});
		const again = failed({ details: details(exited(3, { startedAt })) });

		test('is what it wrote since its last start', async () => {
			const asked: (string | undefined)[] = [];
			const { message } = await containerFailure(
				logs({ '1767360217.450': 'dying', all: 'working\ndying' }, asked),
				again,
			);
			assert.equal(message, 'container lab-web-1 exited (3)\nthe end of its log:\n  dying');
			assert.deepEqual(asked, ['1767360217.450']);
		});

		test('is that of an earlier run where it wrote nothing since', async () => {
			const asked: (string | undefined)[] = [];
			const { message } = await containerFailure(logs({ all: 'working' }, asked), again);
			assert.match(message, /the end of its log:\n {2}working$/);
			assert.deepEqual(asked, ['1767360217.450', undefined]);
		});
	});

	test('of a long log the last twenty lines are shown', async () => {
		const scripted = scriptedContainers({});
		scripted.logs.set('w', Array.from({ length: 30 }, (_, index) => `line ${index + 1}\r\n`).join(''));
		const lines = (await containerFailure(scripted.engine, failed({}))).message.split('\n');
		assert.equal(lines.length, 22);
		assert.equal(lines[2], '  line 11');
		assert.equal(lines.at(-1), '  line 30');
	});
});
