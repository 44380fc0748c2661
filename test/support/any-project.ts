import fc from 'fast-check';
import type { Hook } from '../../src/model/hook.ts';
import type { Project } from '../../src/model/project.ts';
import type { Dependency, DependencyCondition, Service } from '../../src/model/service.ts';
import { sharedServices } from '../../src/plan/share-containers.ts';
import { project, service } from './plan-cases.ts';

const names = ['a', 'b', 'c', 'd'];
const networkKeys = ['default', 'back', 'shared'];
export const volumeKeys = ['data', 'more', 'lake'];

export const environment = fc.constantFrom<Service['environment']>(undefined, { LR: '0.1' }, { LR: '0.2' });
const condition = fc.constantFrom<DependencyCondition>(
	'service_started',
	'service_healthy',
	'service_completed_successfully',
);

/** What a service takes of another one's container. */
type Taking = 'nothing' | 'network' | 'pid' | 'volumes' | 'link';

function taken(takes: Taking, from: string | undefined): Partial<Service> {
	if (from === undefined || takes === 'nothing') return {};
	if (takes === 'network') return { network_mode: `service:${from}`, networks: {}, ports: [] };
	if (takes === 'pid') return { pid: `service:${from}` };
	return takes === 'volumes' ? { volumes_from: [from] } : { links: [from] };
}

/** What services may be told to call their containers. */
export const givenName = fc.constantFrom(undefined, undefined, undefined, 'one', 'two');
const hooks = fc.constantFrom<readonly Hook[]>(
	[],
	[],
	[{ command: ['check'] }],
	[{ command: ['a'] }, { command: ['b'] }],
);

export const mounting = (source: string) => ({ type: 'volume' as const, source, target: `/${source}` });

/** Services depend only on those before them, so there is no cycle. */
const serviceAt = (index: number): fc.Arbitrary<Service> =>
	fc
		.record({
			environment,
			networks: fc.subarray(networkKeys, { minLength: 1 }),
			volumes: fc.subarray(volumeKeys),
			isAnonymous: fc.boolean(),
			replicas: fc.integer({ min: 0, max: 3 }),
			published: fc.constantFrom(undefined, '8000', '8001', '8000-8003'),
			depends: fc.subarray(names.slice(0, index)),
			dependency: fc.record({ condition, restart: fc.boolean(), required: fc.boolean() }),
			takes: fc.constantFrom<Taking>('nothing', 'nothing', 'nothing', 'network', 'pid', 'volumes', 'link'),
			called: givenName,
			before: hooks,
		})
		.map(({ environment: given, networks, volumes, isAnonymous, replicas, published, depends, ...more }) => {
			const { dependency, takes, called, before } = more;
			const { restart, ...rest } = dependency;
			const needed: Dependency = { ...rest, ...(restart && { restart }) };
			return service({
				...(given !== undefined && { environment: given }),
				...(called !== undefined && { container_name: called }),
				...(before.length > 0 && { pre_start: before }),
				networks: Object.fromEntries(networks.map((key) => [key, null])),
				volumes: [
					...volumes.map(mounting),
					...(isAnonymous ? [{ type: 'volume' as const, target: '/anonymous' }] : []),
				],
				scale: called === undefined ? replicas : Math.min(replicas, 1),
				...(published !== undefined && { ports: [{ mode: 'ingress', target: 80, published, protocol: 'tcp' }] }),
				depends_on: Object.fromEntries(depends.map((name) => [name, needed])),
				...taken(takes, depends[0]),
			});
		});

/** What is taken of a service's container needs one. */
function withContainers(services: Readonly<Record<string, Service>>): Readonly<Record<string, Service>> {
	const needed = new Set(Object.values(services).flatMap((one) => sharedServices(one).map(({ name }) => name)));
	return Object.fromEntries(
		Object.entries(services).map(([name, one]) => [
			name,
			needed.has(name) && one.scale === 0 ? { ...one, scale: 1 } : one,
		]),
	);
}

/** A name is one service's. */
const withOwnNames = (services: readonly Service[]): readonly Service[] =>
	services.map(({ container_name, ...rest }, index) =>
		container_name === undefined || services.slice(0, index).some((other) => other.container_name === container_name)
			? rest
			: { ...rest, container_name },
	);

/** Up to four services that depend on and take of each other what they may. */
export const anyProject: fc.Arbitrary<Project> = fc
	.integer({ min: 1, max: names.length })
	.chain((count) => fc.tuple(...names.slice(0, count).map((_, index) => serviceAt(index))))
	.map((services) =>
		project({
			services: withContainers(
				Object.fromEntries(withOwnNames(services).map((one, index) => [names[index] ?? '', one])),
			),
			networks: { back: { name: 'lab_back', ipam: {} }, shared: { name: 'shared', ipam: {}, external: true } },
			volumes: { data: { name: 'lab_data' }, more: { name: 'lab_more' }, lake: { name: 'lake', external: true } },
		}),
	);
