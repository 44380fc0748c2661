import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EndpointSpec } from '../../../../../src/engine/container-api.ts';
import { endpointSettings } from '../../../../../src/engine/docker/convert/endpoint-settings.ts';

const cases: readonly [spec: Partial<EndpointSpec>, sent: object][] = [
	[{}, {}],
	[{ links: ['a:b'] }, { Links: ['a:b'] }],
	[{ isConfigured: true }, { IPAMConfig: {} }],
	[
		{ isConfigured: true, ipv4Address: '10.0.0.2' },
		{ IPAMConfig: { IPv4Address: '10.0.0.2' }, IPAddress: '10.0.0.2' },
	],
	[
		{ isConfigured: true, ipv6Address: 'fd00::2' },
		{ IPAMConfig: { IPv6Address: 'fd00::2' }, GlobalIPv6Address: 'fd00::2' },
	],
	[{ isConfigured: true, linkLocalAddresses: ['169.254.8.8'] }, { IPAMConfig: { LinkLocalIPs: ['169.254.8.8'] } }],
	[{ macAddress: '02:42:ac:11:65:43' }, { MacAddress: '02:42:ac:11:65:43' }],
	[{ driverOptions: { a: '1' } }, { DriverOpts: { a: '1' } }],
	[{ gatewayPriority: 3 }, { GwPriority: 3 }],
];

describe('endpointSettings', () => {
	for (const [spec, sent] of cases) {
		test(`sends ${Object.keys(spec).join(', ') || 'aliases alone'}`, () => {
			assert.deepEqual(endpointSettings({ network: 'lab_n', aliases: ['web'], ...spec }), {
				Aliases: ['web'],
				...sent,
			});
		});
	}
});
