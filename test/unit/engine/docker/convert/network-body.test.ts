import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { networkBody } from '../../../../../src/engine/docker/convert/network-body.ts';
import type { Network } from '../../../../../src/model/network.ts';

const cases: readonly { readonly when: string; readonly network: Partial<Network>; readonly gives: object }[] = [
	{ when: 'nothing but a name is said', network: {}, gives: {} },
	{ when: 'it is closed', network: { internal: true, attachable: true }, gives: { Internal: true, Attachable: true } },
	{ when: 'IPv6 is off', network: { enable_ipv6: false }, gives: { EnableIPv6: false } },
	{
		when: 'the driver has options',
		network: { driver: 'macvlan', driver_opts: { parent: 'e0' } },
		gives: { Driver: 'macvlan', Options: { parent: 'e0' } },
	},
	{
		when: 'addresses are said',
		network: {
			ipam: {
				config: [
					{ subnet: '10.0.0.0/24', gateway: '10.0.0.1', ip_range: '10.0.0.0/25', aux_addresses: { r: '10.0.0.9' } },
				],
			},
		},
		gives: {
			IPAM: {
				Config: [
					{ Subnet: '10.0.0.0/24', Gateway: '10.0.0.1', IPRange: '10.0.0.0/25', AuxiliaryAddresses: { r: '10.0.0.9' } },
				],
			},
		},
	},
	{
		when: 'only the address driver is said',
		network: { ipam: { driver: 'dhcp' } },
		gives: { IPAM: { Driver: 'dhcp', Config: [] } },
	},
];

describe('networkBody', () => {
	for (const { when, network, gives } of cases) {
		test(`when ${when}`, () => {
			const body = networkBody({ name: 'lab_net', ipam: {}, ...network }, { a: 'b' }, '1.51');
			assert.deepEqual({ ...body }, { Name: 'lab_net', Labels: { a: 'b' }, ...gives });
		});
	}

	test('older engines must be told to keep names unique', () => {
		assert.equal(networkBody({ name: 'n', ipam: {} }, {}, '1.43').CheckDuplicate, true);
	});
});
