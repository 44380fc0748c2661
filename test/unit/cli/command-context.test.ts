import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ContextParts, createContext } from '../../../src/cli/command-context.ts';
import { createInterruption } from '../../../src/cli/interruption.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';

function context(changes: Partial<ContextParts['globals']> = {}, env: ContextParts['env'] = {}) {
	const listeners: string[] = [];
	const made = createContext({
		env,
		variables: new Map([['A', 'from .env']]),
		globals: {
			files: [],
			envFiles: [],
			profiles: [],
			dryRun: false,
			compatibility: false,
			...changes,
		} as ContextParts['globals'],
		options: { cwd: '/lab' } as ContextParts['options'],
		terminal: {} as ContextParts['terminal'],
		interruption: createInterruption((name) => void listeners.push(name)),
		progress: {
			emit: () => assert.fail('told something'),
			hide: () => undefined,
			address: () => undefined,
			secrets: new Set(),
			flush: async () => undefined,
		},
		now: () => 42,
		nextSteps: { again: 'labc compose up', addressed: (hint) => hint },
	});
	return { context: made, listeners };
}

describe("a command's context", () => {
	test('listens to signals only when a command asks for one', () => {
		const { context: made, listeners } = context();
		assert.deepEqual(listeners, []);
		assert.equal(made.signal.aborted, false);
		assert.deepEqual(listeners, ['SIGINT', 'SIGTERM', 'SIGHUP']);
	});

	test('stands in its folder and time', () => {
		const { cwd, now } = context().context;
		assert.deepEqual([cwd, now()], ['/lab', 42]);
	});

	test('connects once, however often the engine is asked for', async () => {
		const { engine } = context({ host: 'unix:///nowhere.sock' }).context;
		assert.equal(await engine(), await engine());
	});

	const hosts: readonly {
		when: string;
		host: string | undefined;
		env?: ContextParts['env'];
		is: string | undefined;
	}[] = [
		{ when: 'it is a socket', host: 'unix:///nowhere.sock', is: undefined },
		{ when: 'it is reached over the network', host: 'tcp://gpu.lab:2375', is: 'gpu.lab' },
		{ when: 'the environment says so', host: undefined, env: { DOCKER_HOST: 'tcp://10.0.0.9:2375' }, is: '10.0.0.9' },
	];
	for (const { when, host, env, is } of hosts) {
		test(`tells the engine's host, when ${when}`, async () => {
			assert.equal(await context({ host }, env).context.engineHost(), is);
		});
	}

	test('says what is wrong with an address when the engine is asked for', async () => {
		const { engine } = context({ host: 'nonsense://x' }).context;
		await assert.rejects(engine(), (error) => error instanceof LabcError && error.code === 'USAGE_INVALID');
	});
});
