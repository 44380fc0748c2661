import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Port } from '../../../src/model/port.ts';
import { freeHostPorts, hasPortRange } from '../../../src/plan/host-ports.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { container, project, service, state } from '../../support/plan-cases.ts';
import { planBench } from '../../support/plan-contexts.ts';

const port = (published: string | undefined, protocol = 'tcp'): Port => ({
	mode: 'ingress',
	target: 80,
	protocol,
	...(published !== undefined && { published }),
});
const asking = (...ports: readonly Port[]) => service({ ports });
const lab = project({ services: { old: service(), web: service() } });
const holder = (given: Partial<ObservedContainer> = {}): ObservedContainer =>
	container(lab, { service: 'old', ports: [{ privatePort: 80, publicPort: 8080, type: 'tcp' }], ...given });

type Fate = 'kept' | 'recreated' | 'surplus';

/** What is planned when `web` asks for `ports` and `held` has the given fate. */
function freed(ports: readonly Port[], held: ObservedContainer, fate: Fate): readonly string[] {
	const decision = {
		kept: fate === 'kept' ? [held] : [],
		recreated: fate === 'recreated' ? [{ container: held, reasons: ['changed'] }] : [],
		surplus: fate === 'surplus' ? [{ container: held, reason: 'surplus', isLeftover: false }] : [],
		created: [],
	};
	const { context, steps } = planBench(lab, state({ containers: [held] }), {
		decisions: new Map([[held.service, decision]]),
	});
	const waited = freeHostPorts('web', asking(...ports), context);
	assert.deepEqual(
		waited,
		steps().map((_, index) => index + 1),
		'the start waits for every stop',
	);
	return steps();
}

const stop = ['1 container.stop lab-old-1: host port 8080 is needed by web'];

const cases: readonly {
	when: string;
	ports: readonly Port[];
	held?: ObservedContainer;
	fate?: Fate;
	steps: readonly string[];
}[] = [
	{ when: 'a container that is replaced holds the port', ports: [port('8080')], steps: stop },
	{ when: 'a container that is surplus holds the port', ports: [port('8080')], fate: 'surplus', steps: stop },
	{ when: 'a container that stays holds the port', ports: [port('8080')], fate: 'kept', steps: [] },
	{ when: 'the port is in the range that is wanted', ports: [port('8000-8100')], steps: stop },
	{ when: 'the port is beside the range', ports: [port('8081-8100')], steps: [] },
	{ when: 'another port is wanted', ports: [port('8081')], steps: [] },
	{ when: 'the port is wanted for another protocol', ports: [port('8080', 'udp')], steps: [] },
	{ when: 'the engine may choose the port', ports: [port(undefined), port('')], steps: [] },
	{ when: 'no port is wanted', ports: [], steps: [] },
	{ when: 'who had the port does not run', ports: [port('8080')], held: holder({ state: 'exited' }), steps: [] },
	{
		when: 'the port is not published',
		ports: [port('80')],
		held: holder({ ports: [{ privatePort: 80, type: 'tcp' }] }),
		steps: [],
	},
	{ when: 'it is the service’s own container', ports: [port('8080')], held: holder({ service: 'web' }), steps: [] },
];

describe('freeHostPorts', () => {
	for (const { when, ports, held = holder(), fate = 'recreated', steps } of cases) {
		test(`when ${when}`, () => assert.deepEqual(freed(ports, held, fate), steps));
	}

	test('one that is stopped anyway, whatever for, is waited for', () => {
		const { context, steps } = planBench(lab, state({ containers: [holder()] }));
		context.stops.ensure(holder(), 'its network is recreated');
		assert.deepEqual(freeHostPorts('web', asking(port('8080')), context), [1]);
		assert.deepEqual(steps(), ['1 container.stop lab-old-1: its network is recreated']);
	});
});

describe('hasPortRange', () => {
	for (const { published, is } of [
		{ published: '8000-8010', is: true },
		{ published: '8000', is: false },
		{ published: undefined, is: false },
	]) {
		test(`\`${published}\`: ${is}`, () => assert.equal(hasPortRange(asking(port(published))), is));
	}
	test('a service without ports has none', () => assert.equal(hasPortRange(service()), false));
});
