import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { endpointsOf } from '../../../src/plan/endpoints.ts';
import { project, service } from '../../support/plan-cases.ts';

const lab = project({
	services: {},
	networks: { back: { name: 'lab_back', ipam: {} }, front: { name: 'edge', ipam: {} } },
});
const first = (changes: Partial<Service>) => endpointsOf(service(changes), lab, ['web'])[0];
const plain = { network: 'lab_back', aliases: ['web'] };
const configured = { ...plain, isConfigured: true };

describe('endpointsOf', () => {
	const cases: readonly [networks: NonNullable<Service['networks']>, endpoint: object][] = [
		[{ back: null }, plain],
		[{ back: { aliases: ['api'] } }, { ...configured, aliases: ['web', 'api'] }],
		[{ back: { link_local_ips: ['169.254.8.8'] } }, { ...configured, linkLocalAddresses: ['169.254.8.8'] }],
		[{ back: { driver_opts: { a: '1' } } }, { ...configured, driverOptions: { a: '1' } }],
		[
			{ back: { interface_name: 'lab0' } },
			{ ...configured, driverOptions: { 'com.docker.network.endpoint.ifname': 'lab0' } },
		],
		[{ back: { gw_priority: 3 } }, { ...configured, gatewayPriority: 3 }],
		[
			{ back: null, front: { priority: 1 } },
			{ ...configured, network: 'edge' },
		],
	];
	for (const [networks, endpoint] of cases) {
		test(JSON.stringify(networks), () => assert.deepEqual(first({ networks }), endpoint));
	}

	test("the service's own hardware address is that of its first network, unless that has one", () => {
		const mac_address = '02:00:00:00:00:01';
		const other = '02:00:00:00:00:02';
		const endpoints = endpointsOf(service({ mac_address, networks: { back: null, front: null } }), lab, []);
		assert.deepEqual(
			endpoints.map(({ macAddress }) => macAddress),
			[mac_address, undefined],
		);
		assert.equal(first({ mac_address, networks: { back: { mac_address: other } } })?.macAddress, other);
	});
});
