import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GpuGrant } from '../../../../../src/engine/container-api.ts';
import { deviceRequests, withChosenGpus } from '../../../../../src/engine/docker/convert/device-requests.ts';
import { deviceMappings } from '../../../../../src/engine/docker/convert/devices.ts';
import type { Service } from '../../../../../src/model/service.ts';
import { service } from '../../../../support/plan-cases.ts';

const device = (source: string) => ({ source, target: source, permissions: 'rwm' });
const everyWay = service({
	runtime: 'nvidia',
	gpus: [{ count: 1 }],
	devices: [device('/dev/fuse'), device('/dev/kfd'), device('nvidia.com/gpu=0'), device('vendor.com/nic=0')],
	deploy: {
		placement: {},
		resources: {
			limits: { memory: '1073741824' },
			reservations: {
				devices: [
					{ capabilities: ['gpu'], count: 1 },
					{ capabilities: ['tpu'], count: 1 },
				],
			},
		},
	},
});

const sent = (grant: GpuGrant, of: Service = everyWay) => {
	const changed = withChosenGpus(of, grant);
	return {
		requests: deviceRequests(changed).DeviceRequests?.map(({ Driver, DeviceIDs, Capabilities }: Sent) =>
			[Driver, DeviceIDs ?? [], Capabilities ?? []].flat(2).join(' ').trim(),
		),
		paths: deviceMappings(changed).Devices?.map(({ PathOnHost }) => PathOnHost),
		runtime: changed.runtime,
	};
};

interface Sent {
	readonly Driver: string;
	readonly DeviceIDs?: readonly string[];
	readonly Capabilities?: readonly (readonly string[] | null)[];
}

describe('a choice of GPUs', () => {
	test('stands in the place of all requests for GPUs and of no other', () => {
		const grant = { requests: [{ device_ids: ['GPU-1'], capabilities: ['gpu'] }] };
		assert.deepEqual(sent(grant), {
			requests: ['tpu', 'GPU-1 gpu', 'cdi vendor.com/nic=0'],
			paths: ['/dev/fuse', '/dev/kfd'],
			runtime: 'nvidia',
		});
	});

	test('of none takes nodes of GPUs and nvidia’s runtime away too, which would fail where there is none', () => {
		assert.deepEqual(sent({ requests: [] }), {
			requests: ['tpu', 'cdi vendor.com/nic=0'],
			paths: ['/dev/fuse'],
			runtime: undefined,
		});
	});

	test('leaves another runtime and limits alone', () => {
		const changed = withChosenGpus({ ...everyWay, runtime: 'runsc' }, { requests: [] });
		assert.equal(changed.runtime, 'runsc');
		assert.deepEqual(changed.deploy?.resources.limits, { memory: '1073741824' });
	});
});

test('a reservation with an empty list of capabilities says nothing of them, as docker compose does', () => {
	const devices = [{ driver: 'cdi', device_ids: ['nvidia.com/gpu=2'], capabilities: [] }];
	const reserving = service({ deploy: { placement: {}, resources: { reservations: { devices } } } });
	assert.deepEqual(deviceRequests(reserving).DeviceRequests, [
		{ Driver: 'cdi', Count: 0, DeviceIDs: ['nvidia.com/gpu=2'], Capabilities: [null] },
	]);
});
