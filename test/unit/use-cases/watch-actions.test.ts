import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Emit } from '../../../src/events/event.ts';
import type { RunTools } from '../../../src/use-cases/run-tools.ts';
import { watchActions } from '../../../src/use-cases/watch-actions.ts';
import { newTurns } from '../../../src/use-cases/watch-tools.ts';
import { compileRule } from '../../../src/watch/rules.ts';
import type { ServiceSync } from '../../../src/watch/service-sync.ts';
import { project, service } from '../../support/plan-cases.ts';
import { bench, until } from '../../support/run-tools.ts';

type Told = Parameters<Emit>[0];

const lab = project({ services: { app: service() } });
const rule = compileRule({
	service: 'app',
	index: 0,
	declared: { path: '/p', action: 'sync+exec', target: '/app', exec: { command: ['migrate'] } },
	ignoreFile: undefined,
});
const options = { builds: {}, prune: true };
const containers = ['lab-app-1', 'lab-app-2'].map((name) => ({ id: name, name }));

interface Going {
	readonly ended?: Promise<void>;
	readonly onBegun?: (told: readonly Told[]) => Promise<void>;
}

/** Commands write the container's name and end with its status. */
async function executed(statuses: Readonly<Record<string, number>>, { ended, onBegun }: Going = {}) {
	const told: Told[] = [];
	let time = 0.25;
	const tools = {
		engine: {
			createExec: async (id: string) => ({ id }),
			startExec: async (id: string) => ({
				output: (async function* () {
					yield { stream: 'stdout', bytes: Buffer.from(`done in ${id}\n`) };
					await ended;
				})(),
				close: () => undefined,
			}),
			inspectExec: async (id: string) => ({ running: false, exitCode: statuses[id] ?? 0 }),
		},
		emit: (event: Told) => void told.push(event),
		contents: { now: () => (time += 7.4) },
		signal: new AbortController().signal,
	} as unknown as RunTools;
	const sync = { containers: () => containers } as unknown as ServiceSync;
	const actions = { rebuild: [], restart: [], execs: new Map([[rule, ['p/a']]]) };
	const done = watchActions(() => lab, { tools, options, inTurn: (work) => work() })('app', actions, sync);
	if (onBegun !== undefined) await onBegun(told);
	await done;
	return told;
}

describe('what a watch rule runs', () => {
	test('says by its prefix which container it ran in, and how many there were, in whole milliseconds', async () => {
		const told = await executed({});
		const output = told.filter(({ type }) => type === 'watch.output');
		assert.deepEqual(
			output,
			['app-1', 'app-2'].map((container) => ({
				type: 'watch.output',
				service: 'app',
				container,
				text: `done in lab-${container}\n`,
			})),
		);
		const done = { type: 'watch.done', service: 'app', what: 'executed', changed: ['p/a'], count: 2, milliseconds: 7 };
		assert.deepEqual(told.at(-1), done);
	});

	test('counts where it went well, and is not done where it went well nowhere', async () => {
		const counted = (await executed({ 'lab-app-2': 3 })).at(-1);
		assert.ok(counted !== undefined && 'count' in counted && counted.count === 1);
		const failed = await executed({ 'lab-app-1': 3, 'lab-app-2': 3 });
		assert.ok(!failed.some(({ type }) => type === 'watch.done'));
		const warnings = failed.filter((event) => event.type === 'warning');
		const about = { service: 'app', what: 'executed' };
		assert.deepEqual(
			warnings.map((event) => 'failed' in event && event.failed),
			[about, about],
		);
	});

	test('is told once in each container where it does not end, with what waits for it and what to do', async () => {
		mock.timers.enable({ apis: ['setTimeout'] });
		try {
			const { promise: ended, resolve } = Promise.withResolvers<void>();
			const warningsOf = (told: readonly Told[]) => told.filter((event) => event.type === 'warning');
			const told = await executed(
				{},
				{
					ended,
					async onBegun(sofar) {
						await turn();
						mock.timers.tick(9999);
						assert.deepEqual(warningsOf(sofar), []);
						mock.timers.tick(60_000);
						resolve();
					},
				},
			);
			const warnings = warningsOf(told);
			assert.deepEqual(
				warnings.map(({ message }) => message),
				['lab-app-1', 'lab-app-2'].map(
					(name) =>
						`the command of a watch rule has been running in \`${name}\` for 10 s: files are copied on, but further commands, restarts and rebuilds of \`app\` wait until it ends`,
				),
			);
			assert.match(warnings[0]?.hint ?? '', /run `labc compose restart app`/);
			assert.equal(told.at(-1)?.type, 'watch.done');
		} finally {
			mock.timers.reset();
		}
	});
});

test('a rebuild that ends while the files are taken that were read meanwhile brings up what they say', async () => {
	const declare = (name: string) =>
		project({ services: { app: service({ build: { context: '/p' }, container_name: name }) } });
	const tools = bench();
	const inTurn = newTurns();
	let declared = declare('first');
	const reloading = Promise.withResolvers<void>();
	const reload = inTurn(async () => {
		await reloading.promise;
		declared = declare('second');
	});
	const rebuild = { rebuild: ['p/a'], restart: [], execs: new Map() };
	const done = watchActions(() => declared, { tools, options, inTurn })('app', rebuild, {
		containers: () => [],
	} as unknown as ServiceSync);
	await until(() => tools.built.length === 1);
	reloading.resolve();
	await Promise.all([reload, done]);
	assert.deepEqual(tools.states(), { second: 'running' });
	assert.deepEqual(
		tools.told.filter(({ type }) => type === 'warning'),
		[],
	);
});
