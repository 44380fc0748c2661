import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { hashService } from '../../../src/plan/config-hash.ts';
import { settleService, sharedServices } from '../../../src/plan/share-containers.ts';
import { service } from '../../support/plan-cases.ts';

const a = '703e8e67c71a4de6100cabfdd9e23547a7ab9697c0df5f07504485948ad29ffc';
const idOf = (name: string): string | undefined => (name === 'a' ? a : undefined);

const cases: readonly {
	readonly when: string;
	readonly service: Partial<Service>;
	readonly shared: readonly string[];
	readonly settled: Partial<Service> | undefined;
}[] = [
	{ when: 'nothing is shared', service: {}, shared: [], settled: {} },
	{
		when: 'each namespace is another container’s',
		service: { network_mode: 'service:a', ipc: 'service:a', pid: 'service:a' },
		shared: ['network_mode a', 'ipc a', 'pid a'],
		settled: { network_mode: `container:${a}`, ipc: `container:${a}`, pid: `container:${a}` },
	},
	{
		when: 'the container is none of the project: its name stays',
		service: { network_mode: 'container:own', pid: 'host', ipc: 'shareable' },
		shared: [],
		settled: { network_mode: 'container:own', pid: 'host', ipc: 'shareable' },
	},
	{
		when: 'volumes are taken over, with and without an access mode',
		service: { volumes_from: ['a:ro', 'a', 'container:own:ro', 'container:other'] },
		shared: ['volumes_from a', 'volumes_from a'],
		settled: { volumes_from: [a, a, 'own', 'other'] },
	},
	{
		when: 'one of the containers is not there yet',
		service: { network_mode: 'service:a', pid: 'service:b' },
		shared: ['network_mode a', 'pid b'],
		settled: undefined,
	},
	{
		when: 'uts names a service, which the engine refuses',
		service: { uts: 'service:a' },
		shared: [],
		settled: { uts: 'service:a' },
	},
];

describe('what a service shares', () => {
	for (const { when, service: given, shared, settled } of cases) {
		const declared = service({ networks: {}, ...given });
		test(`the services, when ${when}`, () => {
			assert.deepEqual(
				sharedServices(declared).map(({ attribute, name }) => `${attribute} ${name}`),
				shared,
			);
		});
		test(`the settled service, when ${when}`, () => {
			assert.deepEqual(settleService(declared, idOf), settled && { ...declared, ...settled });
		});
	}
});

/** Labels that docker compose 2.40.3 wrote for containers made over the one with the id above. */
describe('the hash of a settled service is docker compose’s', () => {
	const idle: Service = {
		command: ['sleep', '900'],
		entrypoint: null,
		image: 'alpine:3',
		stop_signal: 'SIGKILL',
	};
	const hashes: readonly (readonly [when: string, service: Partial<Service>, hash: string])[] = [
		[
			'volumes, pid and ipc are shared',
			{
				volumes_from: ['a:ro', 'container:pbt1-own:ro'],
				pid: 'service:a',
				ipc: 'service:a',
				networks: { default: null },
			},
			'2cc9cf3b72acdf7a8b880380f5213e663744124e8463aeafbb385cd28baec28f',
		],
		[
			'the network is shared',
			{ network_mode: 'service:a' },
			'ac7f46383696e7eae309ea4e5cb120e8c71b856128a8f54328b1b837b92c0d30',
		],
		[
			'a container outside is named',
			{ network_mode: 'container:pbt1-own', pid: 'container:pbt1-own' },
			'8ba8610708cfbd0b3689995082df7f46f03d5acd4706a5abb3666808680a6fb4',
		],
		[
			'services and containers are linked',
			{ links: ['a', 'a:other'], external_links: ['pbt1-own:zz'], networks: { default: null } },
			'567c2f2896f3b3642f65ebea771a86bf74f6d382a3e27827f0c2f7d1b780e4fb',
		],
	];
	for (const [when, given, hash] of hashes) {
		test(when, () => {
			const settled = settleService({ ...idle, ...given }, idOf);
			assert.equal(settled && hashService(settled), hash);
		});
	}
});
