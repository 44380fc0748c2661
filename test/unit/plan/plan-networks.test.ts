import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Network } from '../../../src/model/network.ts';
import { planNetworks, planReturn } from '../../../src/plan/plan-networks.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { label } from '../../../src/state/labels.ts';
import type { ObservedContainer, ObservedState } from '../../../src/state/observed-state.ts';
import {
	container,
	foreign,
	idOf,
	networkSummary,
	project,
	service,
	state,
	stateOf,
} from '../../support/plan-cases.ts';
import { planBench } from '../../support/plan-contexts.ts';

const lab = project({
	services: { web: service() },
	networks: { theirs: { name: 'theirs', ipam: {}, external: true } },
});
const before: Network = { name: 'lab_default', ipam: {}, internal: true };
const changed = networkSummary(lab, 'default', before);

const decisionFor = (fate: 'kept' | 'recreated', one: ObservedContainer) =>
	new Map([
		[
			one.service,
			{
				kept: fate === 'kept' ? [one] : [],
				recreated: fate === 'recreated' ? [{ container: one, reasons: ['changed'] }] : [],
				surplus: [],
				created: [],
			},
		],
	]);

const webOne = container(lab, { service: 'web' });
const idle = container(lab, { service: 'web', state: 'exited' });
const oneOff = container(lab, { service: 'web', oneOff: true, name: 'lab-web-run-1' });

const cases: readonly {
	when: string;
	state: ObservedState;
	fate?: 'kept' | 'recreated';
	steps: readonly string[];
	ready?: number;
	reconnected?: readonly number[];
	warnings?: readonly RegExp[];
}[] = [
	{
		when: 'it is missing',
		state: state(),
		steps: ['1 network.create lab_default: not found'],
		ready: 1,
	},
	{ when: 'it is as declared', state: stateOf(lab), steps: [] },
	{
		when: 'it changed and its container stays',
		state: stateOf(lab, { networks: [changed] }),
		fate: 'kept',
		steps: [
			'1 container.stop lab-web-1: network default is recreated',
			'2 network.disconnect default lab-web-1 after 1: network default is recreated',
			'3 network.remove lab_default after 2: configuration hash differs',
			'4 network.create lab_default after 3: recreated',
			'5 network.connect default lab-web-1 after 4: network default is recreated',
		],
		ready: 4,
		reconnected: [5],
	},
	{
		when: 'it changed and its container is replaced: nobody comes back',
		state: stateOf(lab, { networks: [changed] }),
		fate: 'recreated',
		steps: [
			'1 container.stop lab-web-1: network default is recreated',
			'2 network.disconnect default lab-web-1 after 1: network default is recreated',
			'3 network.remove lab_default after 2: configuration hash differs',
			'4 network.create lab_default after 3: recreated',
		],
		ready: 4,
	},
	{
		when: 'it changed and its container does not run',
		state: stateOf(lab, { networks: [changed], containers: [idle] }),
		fate: 'kept',
		steps: [
			'1 network.disconnect default lab-web-1: network default is recreated',
			'2 network.remove lab_default after 1: configuration hash differs',
			'3 network.create lab_default after 2: recreated',
			'4 network.connect default lab-web-1 after 3: network default is recreated',
		],
		ready: 3,
		reconnected: [4],
	},
	{
		when: 'it changed and only a one-off is on it, which is left alone',
		state: stateOf(lab, { networks: [changed], containers: [oneOff] }),
		steps: [
			'1 network.remove lab_default: configuration hash differs',
			'2 network.create lab_default after 1: recreated',
		],
		ready: 2,
	},
	{
		when: "it is nobody's",
		state: stateOf(lab, { networks: [foreign(networkSummary(lab, 'default'))] }),
		steps: [],
		warnings: [/^RESOURCE_FOREIGN .*`lab_default`.* not created by compose$/],
	},
	{
		when: "it is another project's",
		state: stateOf(lab, { networks: [foreign(changed, 'shop')] }),
		steps: [],
		warnings: [/^RESOURCE_FOREIGN .* not created for project `lab`$/],
	},
];

describe('planNetworks', () => {
	for (const { when, state: observed, fate = 'kept', steps, ready, reconnected, warnings = [] } of cases) {
		test(`when ${when}`, () => {
			const [one = webOne] = observed.containers;
			const bench = planBench(lab, observed, { decisions: decisionFor(fate, one) });
			const planned = planNetworks(['default', 'theirs', 'unknown'], bench.context);
			assert.deepEqual(bench.steps(), steps);
			assert.equal(planned.ready.get('default'), ready);
			assert.equal(planned.ready.has('theirs'), false);
			assert.deepEqual(planned.reconnected.get(idOf('lab-web-1')), reconnected);
			assert.equal(bench.warnings().length, warnings.length, bench.warnings().join('\n'));
			for (const [index, pattern] of warnings.entries()) assert.match(bench.warnings()[index] ?? '', pattern);
		});
	}

	test('one of that name with the label of another key is refused', () => {
		const { labels, ...found } = foreign(networkSummary(lab, 'default'), 'shop');
		const wrong = { ...found, labels: { ...labels, [label.network]: 'back' } };
		const { context } = planBench(lab, state({ networks: [wrong] }));
		assert.throws(() => planNetworks(['default'], context), {
			code: 'ENGINE_CONFLICT',
			message: /incorrect label com\.docker\.compose\.network set to `back` \(expected: `default`\)/,
		});
	});
});

test('a container keeps its links when its network is recreated', () => {
	const linking = project({ services: { db: service(), web: service({ links: ['db'], external_links: ['other'] }) } });
	const changed = networkSummary(linking, 'default', { name: 'lab_default', ipam: {}, internal: true });
	const containers = ['db', 'web'].map((name) => container(linking, { service: name }));
	const plan = planUp(linking, stateOf(linking, { containers, networks: [changed] }));
	const links = plan.steps.flatMap(({ operation }) =>
		operation.type === 'network.connect' && operation.container.name === 'lab-web-1' ? [operation.endpoint.links] : [],
	);
	assert.deepEqual(links, [['lab-db-1:db', 'lab-db-1:db-1', 'lab-db-1:lab-db-1', 'other:other']]);
});

describe('planReturn', () => {
	const returned = (one: ObservedContainer, decisions = new Map()): readonly string[] => {
		const bench = planBench(lab, state({ containers: [one] }), { decisions });
		planReturn(new Map([[one.id, [3]]]), bench.context);
		return bench.steps();
	};

	test('starts a container of a service that the plan is not about', () => {
		assert.deepEqual(returned(webOne), ['1 container.start lab-web-1 after 3: its network was recreated']);
	});
	test('leaves alone what did not run', () => assert.deepEqual(returned(idle), []));
	test('leaves the services of the plan to their own steps', () => {
		assert.deepEqual(returned(webOne, decisionFor('kept', webOne)), []);
	});
});

describe('the way back of a network', () => {
	const settings = {
		Driver: 'bridge',
		Options: { mtu: 1400 },
		Internal: true,
		EnableIPv6: false,
		IPAM: { Driver: 'default', Config: [{ Subnet: '10.1.0.0/24', Gateway: '10.1.0.1', IPRange: '10.1.0.0/25' }] },
	};
	const wanted = (subnet: string) =>
		project({
			services: { web: service({ networks: { default: { ipv4_address: '10.1.0.9' } } }) },
			networks: { default: { name: 'lab_default', ipam: { config: [{ subnet }] } } },
		});
	const wayBack = (of: ReturnType<typeof project>, found: readonly ObservedContainer[]) => {
		const networks = [{ ...networkSummary(of, 'default', before), settings }];
		return planUp(of, stateOf(of, { networks, containers: found })).rollbacks?.[0];
	};

	test('makes the old one again as it was found, with its labels, then connects and starts those that ran', () => {
		const of = wanted('10.1.0.0/24');
		const back = wayBack(of, [container(of, { service: 'web' })]);
		assert.deepEqual(back?.guards, [2, 3, 4]);
		const operations = back?.steps.map(({ undoes, operation: { type } }) => `${undoes} ${type}`);
		assert.deepEqual(operations, ['3 network.create', '2 network.connect', '1 container.start']);
		const [made, connected] = back?.steps.map(({ operation }) => operation) ?? [];
		assert.ok(made?.type === 'network.create' && connected?.type === 'network.connect');
		assert.deepEqual(made.labels, changed.labels);
		assert.deepEqual(made.network, {
			name: 'lab_default',
			driver: 'bridge',
			driver_opts: { mtu: '1400' },
			ipam: { driver: 'default', config: [{ subnet: '10.1.0.0/24', gateway: '10.1.0.1', ip_range: '10.1.0.0/25' }] },
			internal: true,
			enable_ipv6: false,
		});
		assert.deepEqual([connected.endpoint.ipv4Address, connected.endpoint.aliases], ['10.1.0.9', ['lab-web-1', 'web']]);
	});

	test('gives no address that the old network has no room for, and starts nothing that did not run', () => {
		const of = wanted('10.2.0.0/24');
		const back = wayBack(of, [container(of, { service: 'web', state: 'exited' })]);
		const connected = back?.steps.at(-1)?.operation;
		assert.ok(connected?.type === 'network.connect');
		assert.equal(connected.endpoint.ipv4Address, undefined);
	});
});
