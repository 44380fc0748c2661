import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deviceRequests } from '../../../../../src/engine/docker/convert/device-requests.ts';
import { exposedPorts, portBindings } from '../../../../../src/engine/docker/convert/port-bindings.ts';
import { resourceLimits } from '../../../../../src/engine/docker/convert/resource-limits.ts';
import { restartPolicy } from '../../../../../src/engine/docker/convert/restart-policy.ts';
import { securityOptions } from '../../../../../src/engine/docker/convert/security-options.ts';
import type { Deploy } from '../../../../../src/model/deploy.ts';

const deploy = (parts: Partial<Deploy>): Deploy => ({ resources: {}, placement: {}, ...parts });

describe('restartPolicy', () => {
	const cases = [
		{ when: 'nothing is said', service: {}, gives: { Name: '', MaximumRetryCount: 0 } },
		{
			when: 'restart is a mode',
			service: { restart: 'unless-stopped' },
			gives: { Name: 'unless-stopped', MaximumRetryCount: 0 },
		},
		{
			when: 'restart counts',
			service: { restart: 'on-failure:3' },
			gives: { Name: 'on-failure', MaximumRetryCount: 3 },
		},
		{
			when: 'deploy says none',
			service: { restart: 'always', deploy: deploy({ restart_policy: { condition: 'none' } }) },
			gives: { Name: 'no', MaximumRetryCount: 0 },
		},
		{
			when: 'deploy says any',
			service: { deploy: deploy({ restart_policy: { condition: 'any' } }) },
			gives: { Name: 'always', MaximumRetryCount: 0 },
		},
		{
			when: 'deploy counts',
			service: { deploy: deploy({ restart_policy: { condition: 'on-failure', max_attempts: 4 } }) },
			gives: { Name: 'on-failure', MaximumRetryCount: 4 },
		},
	];
	for (const { when, service, gives } of cases)
		test(`when ${when}`, () => assert.deepEqual(restartPolicy(service), gives));
});

describe('resourceLimits', () => {
	test('limits and reservations of deploy', () => {
		const resources = {
			limits: { cpus: '0.5', memory: '104857600', pids: 50 },
			reservations: { memory: '52428800', cpus: 0.1 },
		};
		assert.deepEqual(resourceLimits({ deploy: deploy({ resources }) }), {
			Memory: 104857600,
			MemoryReservation: 52428800,
			NanoCpus: 500000000,
			PidsLimit: 50,
		});
	});

	test('a part of a CPU is not lost in binary', () => {
		assert.deepEqual(resourceLimits({ deploy: deploy({ resources: { limits: { cpus: 0.29 } } }) }), {
			NanoCpus: 290000000,
		});
	});

	test('the older memory limit', () => assert.deepEqual(resourceLimits({ mem_limit: '64' }), { Memory: 64 }));
	test('nothing said is nothing sent', () => assert.deepEqual(resourceLimits({}), {}));
});

describe('deviceRequests', () => {
	test('reserved devices come first, gpus stand for their capability', () => {
		const devices = [{ capabilities: ['gpu', 'utility'], driver: 'nvidia', device_ids: ['0', '2'] }];
		assert.deepEqual(
			deviceRequests({ deploy: deploy({ resources: { reservations: { devices } } }), gpus: [{ count: -1 }] }),
			{
				DeviceRequests: [
					{ Driver: 'nvidia', Count: 0, DeviceIDs: ['0', '2'], Capabilities: [['gpu', 'utility']] },
					{ Driver: '', Count: -1, Capabilities: [['gpu']] },
				],
			},
		);
	});

	test('no device is no request', () => assert.deepEqual(deviceRequests({}), {}));
});

describe('ports', () => {
	const port = (target: number, published?: string, host_ip?: string) => ({
		mode: 'ingress',
		target,
		protocol: 'tcp',
		...(published !== undefined && { published }),
		...(host_ip !== undefined && { host_ip }),
	});

	test('several host ports of one container port are kept, and ranges go as they are', () => {
		assert.deepEqual(portBindings([port(80, '8080'), port(80, '8081', '127.0.0.1'), port(90, '9000-9005'), port(91)]), {
			'80/tcp': [
				{ HostIp: '', HostPort: '8080' },
				{ HostIp: '127.0.0.1', HostPort: '8081' },
			],
			'90/tcp': [{ HostIp: '', HostPort: '9000-9005' }],
			'91/tcp': [{ HostIp: '', HostPort: '' }],
		});
	});

	test('what is published is exposed, and expose says the rest', () => {
		assert.deepEqual(Object.keys(exposedPorts({ ports: [port(80, '8080')], expose: ['53/udp'] })).sort(), [
			'53/udp',
			'80/tcp',
		]);
	});
});

describe('securityOptions', () => {
	test('options go as they are', () => {
		assert.deepEqual(securityOptions(['no-new-privileges:true', 'seccomp=unconfined']), {
			SecurityOpt: ['no-new-privileges:true', 'seccomp=unconfined'],
		});
	});

	test('unmasked paths are two fields of their own', () => {
		assert.deepEqual(securityOptions(['systempaths=unconfined']), { MaskedPaths: [], ReadonlyPaths: [] });
	});

	test('a profile from a file is refused, not ignored', () => {
		assert.throws(() => securityOptions(['seccomp=./profile.json']), { code: 'ATTRIBUTE_UNSUPPORTED' });
	});
});
