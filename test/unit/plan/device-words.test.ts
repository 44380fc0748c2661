import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DeviceRequest } from '../../../src/model/deploy.ts';
import { planRun } from '../../../src/plan/plan-run.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { container, project, service, stateOf } from '../../support/plan-cases.ts';

const asking = (request: DeviceRequest) => service({ gpus: [request] });
const reserving = (request: DeviceRequest) =>
	service({
		deploy: { placement: {}, resources: { reservations: { devices: [{ capabilities: ['gpu'] }, request] } } },
	});

const cases: readonly {
	readonly when: string;
	readonly of: ReturnType<typeof service>;
	/** `path: message | hint` */
	readonly told: readonly string[];
}[] = [
	{ when: 'a driver that is known', of: asking({ driver: 'nvidia', count: 1 }), told: [] },
	{ when: 'AMD’s driver', of: asking({ driver: 'amd', count: 1, capabilities: ['any'] }), told: [] },
	{ when: 'all that nvidia’s driver can', of: asking({ count: 1, capabilities: ['compute', 'utility'] }), told: [] },
	{ when: 'names of CDI', of: asking({ driver: 'cdi', device_ids: ['nvidia.com/gpu=0'] }), told: [] },
	{
		when: 'a slice whose name is cut at its colon',
		of: service({ devices: [{ source: 'nvidia.com/gpu=4', target: '0', permissions: 'rwm' }] }),
		told: [
			'services.t.devices.0: service `t` asks for `nvidia.com/gpu=4`, for a place in the container follows a colon | Write `{source: "nvidia.com/gpu=4:0", target: "nvidia.com/gpu=4:0"}` where that slice is meant.',
		],
	},
	{
		when: 'a driver that is misspelt',
		of: asking({ driver: 'nvidea', count: 1 }),
		told: [
			'services.t.gpus.0.driver: service `t` asks the driver `nvidea` for devices, and engines have none of that name | Did you mean `nvidia`?',
		],
	},
	{
		when: 'a driver like no other',
		of: reserving({ driver: 'other', capabilities: ['tpu'] }),
		told: [
			'services.t.deploy.resources.reservations.devices.1.driver: service `t` asks the driver `other` for devices, and engines have none of that name | Write one of `nvidia`, `amd`, `cdi`, or leave `driver` out.',
		],
	},
	{
		when: 'a capability that is misspelt',
		of: reserving({ count: 1, capabilities: ['gpus'] }),
		told: [
			'services.t.deploy.resources.reservations.devices.1.capabilities: service `t` asks for devices with the capability `gpus`, which no driver gives | Did you mean `gpu`?',
		],
	},
	{
		when: 'a number of CDI’s driver',
		of: asking({ driver: 'cdi', count: 1 }),
		told: [
			'services.t.gpus.0.count: service `t` asks the driver `cdi` for a number of devices, and that knows names only | List names such as `nvidia.com/gpu=0` in `device_ids`, or leave `driver` out.',
		],
	},
];

const told = ({ warnings }: ReturnType<typeof planUp>): readonly string[] =>
	warnings.flatMap(({ code, path, message, hint }) =>
		code === 'DEVICE_UNKNOWN' ? [`${path}: ${message} | ${hint}`] : [],
	);

describe('a plan says of requests for devices whether an engine can serve them', () => {
	for (const { when, of, told: expected } of cases) {
		test(`where a service asks for ${when}`, () => {
			const lab = project({ services: { t: of } });
			assert.deepEqual(told(planUp(lab, stateOf(lab, { containers: [] }))), expected);
		});
	}

	const lab = project({ services: { t: asking({ driver: 'nvidea', count: 1 }) } });
	for (const [when, state, count] of [
		['runs', 'running', 0],
		['could not start', 'created', 1],
	] as const) {
		test(`${count} times where its container ${when}`, () => {
			const there = container(lab, { service: 't', state });
			assert.equal(told(planUp(lab, stateOf(lab, { containers: [there] }))).length, count);
		});
	}

	test('for a one-off', () => {
		const plan = planRun(lab, 't', stateOf(lab, { containers: [] }), {
			service: asking({ driver: 'nvidea', count: 1 }),
			slug: 'f'.repeat(64),
			name: 'once',
			oneOff: { autoRemove: false, input: false },
		});
		assert.equal(told(plan).length, 1);
	});
});
