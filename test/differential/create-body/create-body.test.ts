import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { newestApiVersion } from '../../../src/engine/docker/api-version.ts';
import { toContainerBody } from '../../../src/engine/docker/convert/container-body.ts';
import { networkBody } from '../../../src/engine/docker/convert/network-body.ts';
import type { Network } from '../../../src/model/network.ts';
import type { Service } from '../../../src/model/service.ts';
import { endpointsOf } from '../../../src/plan/endpoints.ts';
import { linked, linksOf } from '../../../src/plan/links.ts';
import { dockerComposePath } from '../../scenario/scenario.ts';
import { type EngineProxy, openEngineProxy, type SeenRequest } from '../../support/engine-proxy.ts';
import { whyNoTestEngine } from '../../support/test-engine.ts';
import { comparable } from './comparable.ts';

const file = path.join(import.meta.dirname, 'compose.yaml');
const compose = dockerComposePath();
const skip = compose === undefined ? 'docker compose is not installed' : ((await whyNoTestEngine()) ?? false);

interface Canonical {
	readonly services: Readonly<Record<string, Service>>;
	readonly networks: Readonly<Record<string, Network>>;
}

const apiVersion = newestApiVersion;

describe('what docker compose sends', { skip }, () => {
	const project = `labct-${randomBytes(4).toString('hex')}`;
	let proxy: EngineProxy;
	let model: Canonical;

	before(async () => {
		proxy = await openEngineProxy();
		const run = composeRunner(project, proxy.host);
		model = JSON.parse((await run('config', '--format', 'json')).replaceAll('$$', '$'));
		await run('create');
	});

	after(async () => {
		try {
			await composeRunner(project, proxy.host)('down', '-v', '-t', '0');
		} finally {
			await proxy.close();
		}
	});

	test('labc sends for every container', () => {
		const created = requestsTo(proxy, '/containers/create');
		const sentFor = (service: string): SeenRequest | undefined =>
			created.find(({ body }) => labelOf(body, 'com.docker.compose.service') === service);
		const theirs = Object.keys(model.services).map((name) => [name, comparable(withoutLabels(sentFor(name)?.body))]);
		const ours = Object.entries(model.services).map(([name, service]) => {
			const { body } = toContainerBody(specOf({ name, service, project, model }), apiVersion);
			return [name, comparable(withoutLabels(body))];
		});
		assert.deepEqual(Object.fromEntries(ours), Object.fromEntries(theirs));
	});

	test('labc asks for the same names and platforms', () => {
		const theirs = requestsTo(proxy, '/containers/create').map(({ query }) => query);
		const ours = Object.entries(model.services).map(
			([name, service]) => toContainerBody(specOf({ name, service, project, model }), apiVersion).query,
		);
		assert.deepEqual(new Set(ours.map(sortedText)), new Set(theirs.map(sortedText)));
	});

	test('labc makes the same networks', () => {
		const theirs = requestsTo(proxy, '/networks/create').map(({ body }) => comparable(withoutLabels(body)));
		const ours = Object.values(model.networks).map((network) => comparable(networkBody(network, {}, apiVersion)));
		assert.deepEqual(sorted(ours), sorted(theirs));
	});
});

/** The proxy lives in this process: the program must not block it. */
function composeRunner(project: string, host: string) {
	const env = { ...process.env, DOCKER_HOST: host };
	return async (...args: string[]): Promise<string> => {
		const { stdout } = await promisify(execFile)(compose ?? '', ['-p', project, '-f', file, ...args], { env });
		return stdout;
	};
}

const requestsTo = (proxy: EngineProxy, target: string): readonly SeenRequest[] =>
	proxy.writes().filter((request) => request.path === target);

const labelOf = (body: unknown, label: string): string | undefined =>
	(body as { readonly Labels?: Readonly<Record<string, string>> }).Labels?.[label];

const withoutLabels = (body: unknown): unknown => ({ ...(body as object), Labels: undefined });

const sortedText = (value: object): string => JSON.stringify(Object.entries(value).sort());

const sorted = (values: readonly unknown[]): readonly string[] => values.map((value) => JSON.stringify(value)).sort();

interface SpecParts {
	readonly name: string;
	readonly service: Service;
	readonly project: string;
	readonly model: Canonical;
}

function specOf({ name, service, project, model }: SpecParts) {
	const containerName = service.container_name ?? `${project}-${name}-1`;
	const spec = {
		name: containerName,
		service,
		image: service.image ?? '',
		labels: {},
		networks: endpointsOf(service, { networks: new Map(Object.entries(model.networks)) }, [containerName, name]),
		...(service.network_mode !== undefined && { networkMode: service.network_mode }),
		volumeNames: new Map([['data', `${project}_data`]]),
		inheritedVolumes: new Map<string, string>(),
	};
	return linked(spec, linksOf({ service, number: 1, namesOf: () => [] }, { name: project }));
}
