import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Engine } from '../../../src/engine/engine.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { Project } from '../../../src/model/project.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { needs, project, service } from '../../support/plan-cases.ts';
import { type Bench, bench, writes } from '../../support/run-tools.ts';

const restarted = needs('service_started', { restart: true });

/** `mark` changes the containers, `driver` their network. */
const stack = (mark: string, driver: string): Project =>
	project({
		services: {
			db: service({ environment: { MARK: mark } }),
			web: service({ environment: { MARK: mark }, depends_on: { db: restarted } }),
			log: service(),
		},
		networks: { default: { name: 'lab_default', ipam: {}, driver } },
	});

const before = stack('one', 'bridge');
const changes = [
	{ of: 'containers', after: stack('two', 'bridge') },
	{ of: 'the network', after: stack('one', 'macvlan') },
	{ of: 'both', after: stack('two', 'macvlan') },
];

type Cut = 'request' | 'response';

async function upBench(): Promise<Bench> {
	const tools = bench({ images: { app: {} } });
	await bringUp(before, tools, {});
	tools.takeWrites();
	return tools;
}

/** The connection breaks off at the write of that number, from 1, before or after the engine has carried it out. */
function cutOff({ engine }: Bench, at: number, when: Cut): Engine {
	let seen = 0;
	const cut = () => Promise.reject(new LabcError('ENGINE_UNREACHABLE', 'the connection broke off'));
	return new Proxy(engine, {
		get(target, name, receiver) {
			const method: unknown = Reflect.get(target, name, receiver);
			if (typeof method !== 'function' || !writes.test(String(name))) return method;
			return async (...args: readonly unknown[]) => {
				seen += 1;
				if (seen !== at) return method.apply(target, args);
				if (when === 'response') await method.apply(target, args);
				return cut();
			};
		},
	});
}

const onNetwork = ({ engine }: Bench): readonly string[] =>
	[...engine.world.containers.values()]
		.filter(({ networks }) => [...networks.values()].some((id) => engine.world.networks.has(id)))
		.map(({ name }) => name)
		.sort();

const whole = ['lab-db-1', 'lab-log-1', 'lab-web-1'];
const running = Object.fromEntries(whole.map((name) => [name, 'running']));
const isStarted = ({ engine }: Bench, name: string): boolean =>
	[...engine.world.containers.values()].some((one) => one.name === name && one.state === 'running');

/** What a run whose connection broke off may end with. */
function isTold(error: unknown): void {
	assert.ok(error instanceof LabcError && /^(ENGINE_UNREACHABLE|APPLY_FAILED)$/.test(error.code), String(error));
}

/** How many writes the change takes. */
async function writesOf(after: Project): Promise<number> {
	const tools = await upBench();
	await bringUp(after, tools, {});
	return tools.takeWrites().length;
}

describe('a run of `up` whose connection breaks off once', () => {
	for (const { of, after } of changes) {
		for (const when of ['request', 'response'] as const) {
			test(`leaves every service up where it changes ${of} (the ${when} is lost), and the next run converges`, async () => {
				for (let at = await writesOf(after); at > 0; at -= 1) {
					const tools = await upBench();
					await bringUp(after, { ...tools, engine: cutOff(tools, at, when) }, {}).catch(isTold);
					const cut = tools.takeWrites();
					for (const name of whole) assert.ok(isStarted(tools, name), `${name} is down: ${at} of\n${cut.join('\n')}`);
					await bringUp(after, tools, {});
					const trace = `${at} of\n${cut.join('\n')}`;
					assert.deepEqual(tools.states(), running, trace);
					assert.deepEqual(onNetwork(tools), whole, trace);
				}
			});
		}
	}

	test('runs on as before where the engine refuses the new network, and says what came back', async () => {
		const tools = await upBench();
		const refused = new LabcError('ENGINE_REFUSED', 'could not find plugin macvlan');
		const engine = {
			...tools.engine,
			createNetwork: (
				network: { readonly name: string; readonly driver?: string },
				labels: Readonly<Record<string, string>>,
			) =>
				network.driver === 'macvlan'
					? Promise.reject(refused)
					: tools.engine.createNetwork({ ipam: {}, ...network }, labels),
		};
		await assert.rejects(bringUp(stack('two', 'macvlan'), { ...tools, engine }, {}), refused);
		assert.deepEqual(tools.states(), running);
		assert.deepEqual(onNetwork(tools), whole);
		assert.match(tools.lines().at(-1) ?? '', /brought back: lab-db-1, lab-log-1, lab-web-1/);
		await bringUp(before, tools, {});
		assert.deepEqual(tools.states(), running);
	});
});
