import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deviceRequests } from '../../../../../src/engine/docker/convert/device-requests.ts';
import { deviceMappings, isPluginDevice } from '../../../../../src/engine/docker/convert/devices.ts';
import { exposedPorts, portBindings } from '../../../../../src/engine/docker/convert/port-bindings.ts';
import { resourceLimits } from '../../../../../src/engine/docker/convert/resource-limits.ts';
import { restartPolicy } from '../../../../../src/engine/docker/convert/restart-policy.ts';
import { securityOptions } from '../../../../../src/engine/docker/convert/security-options.ts';
import type { Deploy } from '../../../../../src/model/deploy.ts';
import type { Service } from '../../../../../src/model/service.ts';

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

	const older: readonly [service: Partial<Service>, sent: object][] = [
		[{ cpus: 0.29 }, { NanoCpus: 290_000_000 }],
		[{ cpu_count: 2 }, { CpuCount: 2 }],
		[{ cpu_percent: 50 }, { CpuPercent: 5000 }],
		[{ cpu_period: 100_000 }, { CpuPeriod: 100_000 }],
		[{ cpu_quota: 50_000 }, { CpuQuota: 50_000 }],
		[{ cpu_rt_period: 1000 }, { CpuRealtimePeriod: 1000 }],
		[{ cpu_rt_runtime: 950 }, { CpuRealtimeRuntime: 950 }],
		[{ cpu_shares: 73 }, { CpuShares: 73 }],
		[{ cpuset: '0-3' }, { CpusetCpus: '0-3' }],
		[{ mem_reservation: '64' }, { MemoryReservation: 64 }],
		[{ memswap_limit: '-1' }, { MemorySwap: -1 }],
		[{ mem_swappiness: '10' }, { MemorySwappiness: 10 }],
		[{ oom_kill_disable: true }, { OomKillDisable: true }],
		[{ oom_score_adj: -500 }, { OomScoreAdj: -500 }],
		[{ pids_limit: -1 }, { PidsLimit: -1 }],
		[{ blkio_config: { weight: 300 } }, { BlkioWeight: 300 }],
		[
			{ blkio_config: { weight_device: [{ Path: '/dev/a', Weight: 400 }] } },
			{ BlkioWeightDevice: [{ Path: '/dev/a', Weight: 400 }] },
		],
		[
			{ blkio_config: { device_read_bps: [{ Path: '/dev/a', Rate: '1024' }] } },
			{ BlkioDeviceReadBps: [{ Path: '/dev/a', Rate: 1024 }] },
		],
		[
			{ blkio_config: { device_read_iops: [{ Path: '/dev/a', Rate: '12' }] } },
			{ BlkioDeviceReadIOps: [{ Path: '/dev/a', Rate: 12 }] },
		],
		[
			{ blkio_config: { device_write_bps: [{ Path: '/dev/a', Rate: '1024' }] } },
			{ BlkioDeviceWriteBps: [{ Path: '/dev/a', Rate: 1024 }] },
		],
		[
			{ blkio_config: { device_write_iops: [{ Path: '/dev/a', Rate: '30' }] } },
			{ BlkioDeviceWriteIOps: [{ Path: '/dev/a', Rate: 30 }] },
		],
	];
	for (const [service, sent] of older) {
		test(`sends ${Object.keys(service)} as ${Object.keys(sent)}`, () =>
			assert.deepEqual(resourceLimits(service), sent));
	}

	test('the older memory limit', () => assert.deepEqual(resourceLimits({ mem_limit: '64' }), { Memory: 64 }));
	test('nothing said is nothing sent', () => assert.deepEqual(resourceLimits({}), {}));
});

describe('deviceMappings', () => {
	const device = (source: string, target: string) => ({ source, target, permissions: 'rwm' });

	test('devices go by path; what a plugin knows is asked for', () => {
		const devices = [device('/dev/a', '/dev/b'), device('vendor.com/class=x', 'vendor.com/class=x')];
		assert.deepEqual(deviceMappings({ devices }), {
			Devices: [{ PathOnHost: '/dev/a', PathInContainer: '/dev/b', CgroupPermissions: 'rwm' }],
		});
		assert.deepEqual(deviceRequests({ devices, gpus: [{ count: 1 }] }), {
			DeviceRequests: [
				{ Driver: 'cdi', DeviceIDs: ['vendor.com/class=x'] },
				{ Driver: '', Count: 1, Capabilities: [['gpu']] },
			],
		});
	});

	test("a plugin's name mounted elsewhere is a path", () => {
		assert.equal(isPluginDevice(device('vendor.com/class=x', '/dev/x')), false);
		assert.equal(isPluginDevice(device('/dev/x', '/dev/x')), false);
	});

	test('rules go as they are', () => {
		assert.deepEqual(deviceMappings({ device_cgroup_rules: ['c 1:3 mr'] }), { DeviceCgroupRules: ['c 1:3 mr'] });
	});
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
});
