import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import type { Engine } from '../../src/engine/engine.ts';
import { exitStatusByErrorCode } from '../../src/errors/codes.ts';
import { LabcError } from '../../src/errors/labc-error.ts';
import type { Project } from '../../src/model/project.ts';
import type { Service } from '../../src/model/service.ts';
import { bringUp } from '../../src/use-cases/bring-up.ts';
import type { BringUpOptions } from '../../src/use-cases/bring-up-options.ts';
import { takeDown } from '../../src/use-cases/take-down.ts';
import { engineBench } from '../support/engine-bench.ts';
import { needs, project } from '../support/plan-cases.ts';
import { testImage, whyNoTestEngine } from '../support/test-engine.ts';

const service = (given: Partial<Service>): Service => ({
	command: ['sleep', 'infinity'],
	entrypoint: null,
	image: testImage,
	stop_grace_period: '0s',
	networks: { default: null },
	...given,
});

const shell = (script: string, given: Partial<Service> = {}): Service =>
	service({ command: ['sh', '-c', script], ...given });
const healthcheck = { test: ['CMD', 'test', '-e', '/tmp/ready'], interval: '200ms', timeout: '2s', retries: 50 };

describe('up and down on a real engine', { skip: (await whyNoTestEngine()) ?? false }, () => {
	const cleanups: (() => Promise<unknown>)[] = [];
	after(async () => {
		for (const cleanup of cleanups) await cleanup();
	});

	/** A project of its own for a test, removed when the tests are over. */
	async function lab(services: Readonly<Record<string, Service>>) {
		const tools = await engineBench();
		const name = `labct-up-${randomBytes(4).toString('hex')}`;
		const declare = (changed: Readonly<Record<string, Service>>): Project => ({
			...project({ services: changed, networks: { default: { name: `${name}_default`, ipam: {} } } }),
			name,
		});
		cleanups.push(() => takeDown({ name, project: undefined }, tools, { volumes: true, stopTimeoutSeconds: 0 }));
		const states = async (): Promise<Readonly<Record<string, string>>> => {
			const containers = await tools.engine.listContainers([`com.docker.compose.project=${name}`]);
			return Object.fromEntries(containers.map(({ name: full, state }) => [full.slice(name.length + 1), state]).sort());
		};
		return {
			name,
			tools,
			states,
			up: (options: BringUpOptions = {}, changed = services) => bringUp(declare(changed), tools, options),
			down: () => takeDown({ name, project: declare(services) }, tools, {}),
		};
	}

	test('three services come up in the order of their conditions, stay, and go', async () => {
		const { name, tools, states, up, down } = await lab({
			db: shell('sleep 0.5; touch /tmp/ready; sleep infinity', { healthcheck }),
			seed: shell('exit 0', { depends_on: { db: needs('service_healthy') } }),
			web: service({ depends_on: { seed: needs('service_completed_successfully') } }),
		});
		await up();
		assert.deepEqual(await states(), { 'db-1': 'running', 'seed-1': 'exited', 'web-1': 'running' });
		const order = [`${name}-db-1 Healthy`, `${name}-seed-1 Exited`, `${name}-web-1 Started`];
		const lines = tools.lines();
		const places = order.map((line) => lines.indexOf(`Container ${line}`));
		assert.deepEqual(
			places,
			[...places].sort((a, b) => a - b),
			lines.join('\n'),
		);
		assert.ok(!places.includes(-1), lines.join('\n'));
		await down();
		assert.deepEqual(await states(), {});
		assert.deepEqual(await tools.engine.listNetworks({ labels: [`com.docker.compose.project=${name}`] }), []);
	});

	test('a second up writes nothing, a changed environment recreates that service alone', async () => {
		const services = { a: service({}), b: service({ environment: { MODE: 'one' } }) };
		const { name, tools, up } = await lab(services);
		await up({ wait: true });
		const ids = () => idsByName(tools.engine, name);
		const before = await ids();
		tools.takeWrites();
		await up({ wait: true });
		assert.deepEqual(tools.takeWrites(), []);
		await up({}, { ...services, b: service({ environment: { MODE: 'two' } }) });
		const now = await ids();
		assert.equal(now.get(`${name}-a-1`), before.get(`${name}-a-1`));
		assert.notEqual(now.get(`${name}-b-1`), before.get(`${name}-b-1`));
		assert.equal(now.size, 2);
	});

	test('a container that exits at once fails --wait with its code and its last words, and the mended one comes up', async () => {
		const { name, states, up } = await lab({ web: shell('echo my last words; exit 3'), other: service({}) });
		const error = await refusal(up({ wait: true }));
		assert.equal(error.code, 'CONTAINER_EXITED');
		assert.equal(error.message, `container ${name}-web-1 exited (3)\nthe end of its log:\n  my last words`);
		assert.equal(exitStatusByErrorCode[error.code], 1);
		assert.equal((await states())['other-1'], 'running');
		await up({ wait: true }, { web: service({}), other: service({}) });
		assert.deepEqual(await states(), { 'other-1': 'running', 'web-1': 'running' });
	});

	test('a program that is not there is told with the name of the container', async () => {
		const { name, states, up } = await lab({ web: service({ command: ['no-such-program'] }) });
		const error = await refusal(up());
		assert.match(error.message, new RegExp(`${name}-web-1.*no-such-program`, 's'));
		await up({}, { web: service({}) });
		assert.deepEqual(await states(), { 'web-1': 'running' });
	});

	test('a container that never gets healthy fails --wait with what its probe said', async () => {
		const sick = { test: ['CMD-SHELL', 'echo no luck; exit 1'], interval: '200ms', timeout: '2s', retries: 2 };
		const { name, states, up } = await lab({ web: service({ healthcheck: sick }) });
		const error = await refusal(up({ wait: true }));
		assert.equal(error.code, 'CONTAINER_UNHEALTHY');
		assert.match(
			error.message,
			new RegExp(`^container ${name}-web-1 is unhealthy\nits last health check said:\n  no luck`),
		);
		await up({ wait: true }, { web: service({}) });
		assert.deepEqual(await states(), { 'web-1': 'running' });
	});

	test('dependents of an unhealthy service are not started, and say why', async () => {
		const sick = { test: ['CMD', 'false'], interval: '200ms', timeout: '2s', retries: 1 };
		const { name, states, up } = await lab({
			db: service({ healthcheck: sick }),
			web: service({ depends_on: { db: needs('service_healthy') } }),
		});
		const error = await refusal(up());
		assert.match(error.message, new RegExp(`^dependency failed to start: container ${name}-db-1 is unhealthy`));
		assert.deepEqual(await states(), { 'db-1': 'running', 'web-1': 'created' });
	});

	test('a wait that takes too long ends', async () => {
		const { up } = await lab({ web: service({ healthcheck }) });
		const error = await refusal(up({ wait: true, waitTimeoutSeconds: 1 }));
		assert.equal(error.code, 'WAIT_TIMEOUT');
		assert.match(error.message, /^application not healthy after 1s/);
	});

	test('an image that cannot be had is told by its name and nothing is made', async () => {
		const { states, up } = await lab({ web: service({ image: 'labct.invalid/no-such-image:1' }) });
		const error = await refusal(up());
		assert.equal(error.code, 'IMAGE_UNAVAILABLE');
		assert.match(error.message, /labct\.invalid\/no-such-image:1/);
		assert.deepEqual(await states(), {});
		await up({}, { web: service({}) });
		assert.deepEqual(await states(), { 'web-1': 'running' });
	});

	test('a build that fails is told with its exit code and nothing is made; the mended one comes up', async () => {
		const context = mkdtempSync(path.join(tmpdir(), 'labct-build-'));
		cleanups.push(async () => rmSync(context, { recursive: true, force: true }));
		const { image: _, ...plain } = service({});
		const { name, tools, states, up } = await lab({ web: { ...plain, build: { context } } });
		cleanups.push(() => tools.engine.removeImage(`${name}-web`));
		writeFileSync(path.join(context, 'Dockerfile'), `FROM ${testImage}\nRUN echo before && exit 7\n`);
		const error = await refusal(up());
		assert.equal(error.code, 'BUILD_FAILED');
		assert.match(error.message, /web/);
		assert.match(error.message, /\b7\b/);
		assert.deepEqual(await states(), {});
		writeFileSync(path.join(context, 'Dockerfile'), `FROM ${testImage}\nRUN echo before\n`);
		await up();
		assert.deepEqual(await states(), { 'web-1': 'running' });
	});

	test('a port that a program of the host has is told with its number; once it is free the next up converges', async () => {
		const holder = createServer().listen(0, '0.0.0.0');
		await new Promise((resolve) => holder.once('listening', resolve));
		const address = holder.address();
		const port = typeof address === 'object' && address !== null ? address.port : 0;
		const ports = [{ mode: 'ingress', target: 80, published: String(port), protocol: 'tcp' }];
		const { name, states, up } = await lab({ web: service({ ports }), other: service({}) });
		const error = await refusal(up());
		await new Promise((resolve) => holder.close(resolve));
		assert.equal(error.code, 'PORT_IN_USE');
		assert.match(error.message, new RegExp(`${name}-web-1.*${port}.*already in use`));
		assert.equal((await states())['other-1'], 'running');
		await up();
		assert.deepEqual(await states(), { 'other-1': 'running', 'web-1': 'running' });
	});

	test('a container that another project has by that name is not touched, and its owner is named', async () => {
		const first = await lab({ web: service({ container_name: `labct-name-${process.pid}` }) });
		await first.up();
		const second = await lab({ web: service({ container_name: `labct-name-${process.pid}` }) });
		const error = await refusal(second.up());
		assert.equal(error.code, 'ENGINE_CONFLICT');
		assert.match(error.message, new RegExp(`already in use by a container of project \`${first.name}\``));
		await first.down();
		await second.up();
	});
});

async function refusal(work: Promise<unknown>): Promise<LabcError> {
	try {
		await work;
	} catch (error) {
		assert.ok(error instanceof LabcError, String(error));
		return error;
	}
	throw new assert.AssertionError({ message: 'it was not refused' });
}

async function idsByName(engine: Engine, projectName: string): Promise<ReadonlyMap<string, string>> {
	const containers = await engine.listContainers([`com.docker.compose.project=${projectName}`]);
	return new Map(containers.map(({ name, id }) => [name, id]));
}
