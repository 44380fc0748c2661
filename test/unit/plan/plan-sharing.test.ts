import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { hashInForm } from '../../../src/plan/hash-form.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planStartServices } from '../../../src/plan/plan-start-services.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { settleService } from '../../../src/plan/share-containers.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { container, idOf, needs, project, service, state, stateOf } from '../../support/plan-cases.ts';

const dependsOnDb = { depends_on: { db: needs('service_started', { restart: true }) } };
const side = service({ ...dependsOnDb, networks: {}, network_mode: 'service:db' });
const lab = project({ services: { db: service(), side } });
const changed = service({ environment: { LR: '0.2' } });

/** A sharer as it was made over the container with that id. */
function sharer(of: typeof lab, name: string, id: string, more: Partial<ObservedContainer> = {}): ObservedContainer {
	const declared = of.services.get(name) ?? service();
	const settled: Service = settleService(declared, () => id) ?? declared;
	const found = container(of, { service: name, ...more });
	return { ...found, configHash: hashInForm(settled, '2') };
}

const db = (more: Partial<ObservedContainer> & { readonly madeFrom?: Service } = {}): ObservedContainer =>
	container(lab, { service: 'db', ...more });

const planned = (containers: readonly ObservedContainer[], options = {}): Plan =>
	planUp(lab, stateOf(lab, { containers }), options);

function creation({ steps }: Plan, name: string) {
	const found = steps.find(({ operation }) => operation.type === 'container.create' && operation.service === name);
	if (found?.operation.type !== 'container.create') throw new Error(`${name} is made`);
	return { ...found.operation, dependsOn: found.dependsOn };
}

describe('planUp of services that share containers', () => {
	test('a first up makes the sharer after what it shares, whose id is still to come', () => {
		const plan = planUp(lab, state());
		const { spec, unsettled, dependsOn } = creation(plan, 'side');
		assert.deepEqual(unsettled, { containers: new Map([['db', { name: 'lab-db-1', createdBy: 2 }]]), hashForm: '2' });
		assert.equal(spec.networkMode, 'service:db');
		assert.deepEqual(dependsOn, [2]);
	});

	test('nothing is done where the sharer was made over the container that is there', () => {
		assert.equal(formatPlan(planned([db(), sharer(lab, 'side', idOf('lab-db-1'))])), '');
	});

	test('a container that is there gives its id to the plan itself', () => {
		const { spec, unsettled } = creation(planned([db()]), 'side');
		assert.equal(unsettled, undefined);
		assert.equal(spec.networkMode, `container:${idOf('lab-db-1')}`);
		assert.equal(spec.service.network_mode, `container:${idOf('lab-db-1')}`);
	});

	test('a sharer of a container that is gone is recreated over the one that is there', () => {
		const { spec } = creation(planned([db(), sharer(lab, 'side', 'e'.repeat(64))]), 'side');
		assert.equal(spec.networkMode, `container:${idOf('lab-db-1')}`);
	});

	test('a recreated container takes its sharers with it, and the plan says on what they depend', () => {
		const plan = planned([db({ madeFrom: changed }), sharer(lab, 'side', idOf('lab-db-1'))]);
		const [dbShort, sideShort] = ['lab-db-1', 'lab-side-1'].map((name) => idOf(name).slice(0, 12));
		assert.deepEqual(formatPlan(plan).split('\n'), [
			`1 container.create ${dbShort}_lab-db-1: configuration hash differs`,
			'2 container.stop lab-side-1 after 1: db is recreated',
			'3 container.stop lab-db-1 after 1, 2: replaced',
			`4 container.rename lab-db-1 to ${dbShort}_lab-db-1_replaced after 1, 2, 3: replaced`,
			`5 container.rename ${dbShort}_lab-db-1 to lab-db-1 after 4: takes the name of the old one`,
			'6 container.start lab-db-1 after 5: takes the place of the old one',
			`7 container.remove ${dbShort}_lab-db-1_replaced after 6: replaced`,
			`8 container.create ${sideShort}_lab-side-1 after 1: network_mode: depends on the container of db`,
			`9 container.rename lab-side-1 to ${sideShort}_lab-side-1_replaced after 2, 6, 8: replaced`,
			`10 container.rename ${sideShort}_lab-side-1 to lab-side-1 after 9: takes the name of the old one`,
			'11 container.start lab-side-1 after 6, 10: takes the place of the old one',
			`12 container.remove ${sideShort}_lab-side-1_replaced after 11: replaced`,
		]);
	});

	test('of several replicas the first by name is shared', () => {
		const many = project({ services: { db: service({ scale: 11 }), side } });
		const containers = [10, 2, 1].map((number) => container(many, { service: 'db', number }));
		const { spec } = creation(planUp(many, stateOf(many, { containers })), 'side');
		assert.equal(spec.networkMode, `container:${idOf('lab-db-1')}`);
	});

	test('without its dependencies a service shares what is there', () => {
		const { spec } = creation(planned([db({ madeFrom: changed })], { services: ['side'], noDeps: true }), 'side');
		assert.equal(spec.networkMode, `container:${idOf('lab-db-1')}`);
	});

	test('a service that shares nothing of it is left alone when it is recreated by hand', () => {
		const plan = planned([db(), sharer(lab, 'side', idOf('lab-db-1'))], { services: ['db'], recreate: 'force' });
		assert.ok(!formatPlan(plan).includes('side'));
	});

	test('links name the containers as they are called when all is done', () => {
		const linking = project({ services: { db: service(), web: service({ ...dependsOnDb, links: ['db:store'] }) } });
		const containers = [container(linking, { service: 'db', madeFrom: changed })];
		const { spec } = creation(planUp(linking, stateOf(linking, { containers })), 'web');
		const links = ['lab-db-1:store', 'lab-db-1:db-1', 'lab-db-1:lab-db-1'];
		assert.deepEqual(spec.links, links);
		assert.deepEqual(spec.networks[0]?.links, links);
	});

	test('on the default bridge the engine links as it makes: the linked container has its name by then', () => {
		const bridged = { networks: {}, network_mode: 'bridge' };
		const linking = project({
			services: { db: service(bridged), web: service({ ...bridged, ...dependsOnDb, links: ['db'] }) },
		});
		const plan = planUp(linking, state());
		assert.deepEqual(creation(plan, 'web').dependsOn, [1]);
	});
});

describe('who shares the namespace of a container that starts again', () => {
	const running = sharer(lab, 'side', idOf('lab-db-1'));
	const exited = db({ state: 'exited', exitCode: 0 });
	const reason = 'shares a namespace of lab-db-1, which starts again';

	test('starts again with it', () => {
		assert.deepEqual(formatPlan(planned([exited, running])).split('\n'), [
			`1 container.stop lab-side-1: ${reason}`,
			'2 container.start lab-db-1: exited (0)',
			'3 container.start lab-side-1 after 1, 2: stopped by this plan',
		]);
	});

	test('is restarted where only the other one was asked for', () => {
		const alone = project({ services: { db: service() }, disabled: { side } });
		assert.deepEqual(formatPlan(planUp(alone, stateOf(alone, { containers: [exited, running] }))).split('\n'), [
			'1 container.start lab-db-1: exited (0)',
			`2 container.restart lab-side-1 after 1: ${reason}`,
		]);
	});

	test('stays where the other one runs on, or takes volumes alone', () => {
		assert.equal(formatPlan(planned([db(), running])), '');
		const mounting = project({ services: { db: service(), side: service({ ...dependsOnDb, volumes_from: ['db'] }) } });
		const found = stateOf(mounting, { containers: [exited, sharer(mounting, 'side', idOf('lab-db-1'))] });
		assert.equal(formatPlan(planUp(mounting, found)), '1 container.start lab-db-1: exited (0)');
	});

	test('starts again when the network of the other one is recreated', () => {
		const networks = { default: { name: 'lab_default', ipam: {}, internal: true as const } };
		const renewed = project({ services: { db: service(), side }, networks });
		const plan = formatPlan(planUp(renewed, { ...stateOf(lab, { containers: [db(), running] }) }));
		assert.match(plan, new RegExp(`container.stop lab-side-1: ${reason}`));
		assert.match(plan, /container\.start lab-side-1 after/);
	});

	test('is restarted by a start, though only the other one is named, and so is who shares with it in turn', () => {
		const third = service({ depends_on: { side: needs('service_started', { restart: true }) }, pid: 'service:side' });
		const chain = project({ services: { db: service(), side, third } });
		const containers = [exited, running, sharer(chain, 'third', idOf('lab-side-1'))];
		const plan = planStartServices(new Map([['db', service()]]), containers, { allServices: chain.services });
		assert.deepEqual(formatPlan(plan).split('\n'), [
			'1 container.start lab-db-1: exited (0)',
			`2 container.restart lab-side-1 after 1: ${reason}`,
			'3 container.restart lab-third-1 after 2: shares a namespace of lab-side-1, which starts again',
		]);
	});
});
