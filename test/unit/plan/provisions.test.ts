import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planDown } from '../../../src/plan/plan-down.ts';
import { planImages } from '../../../src/plan/plan-images.ts';
import { planStop } from '../../../src/plan/plan-stop.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { withProvisions } from '../../../src/plan/provisions.ts';
import { needs, project, service, state, stateOf } from '../../support/plan-cases.ts';

const provider = { type: 'cloud', options: { size: ['1'] } };
const depends_on = { 'my-db': needs('service_started') };
const lab = project({
	services: {
		'my-db': service({ provider, image: undefined } as object),
		web: service({ depends_on, environment: { A: 'own', RAW: 'old' } }),
		other: service({ models: { 'my-llm': null, big: { model_var: 'M', endpoint_var: 'E' } } }),
	},
	models: { 'my-llm': { model: 'ai/small' }, big: { model: 'ai/big' } },
});
const told = { prefixed: new Map([['URL', 'x=y']]), raw: new Map([['RAW', 'new']]) };
const environments = (provisions: Parameters<typeof withProvisions>[1]) =>
	Object.fromEntries(
		[...withProvisions(lab, provisions).services].map(([name, { environment }]) => [name, environment]),
	);

describe('withProvisions', () => {
	test('those who depend on a provided service get its variables, with its name before theirs or as they are', () => {
		const { web, other, 'my-db': db } = environments({ providers: new Map([['my-db', told]]) });
		assert.deepEqual(web, { A: 'own', RAW: 'new', 'MY-DB_URL': 'x=y' });
		assert.deepEqual([other, db], [undefined, undefined]);
	});

	test('those who use models learn their names and where they answer', () => {
		const { other, web } = environments({ providers: new Map(), modelEndpoint: 'http://models/' });
		assert.deepEqual(other, {
			MY_LLM_MODEL: 'ai/small',
			MY_LLM_URL: 'http://models/',
			M: 'ai/big',
			E: 'http://models/',
		});
		assert.deepEqual(web, { A: 'own', RAW: 'old' });
	});

	test('where nothing was told the project is what it was', () => {
		assert.equal(withProvisions(lab, { providers: new Map() }), lab);
	});
});

describe('a plan with provided services', () => {
	const text = (plan: Parameters<typeof formatPlan>[0]): readonly string[] =>
		formatPlan(plan).split('\n').filter(Boolean);

	test('asks the provider and prepares models before all else, and pulls nothing for it', () => {
		assert.deepEqual(text(planImages(lab, state())), [
			'1 provider.run my-db (up): its provider is asked each time',
			'2 model.prepare ai/big, ai/small: services use them',
		]);
	});

	test('asks only for what is selected', () => {
		assert.deepEqual(text(planImages(lab, state(), { services: ['web'], noDeps: true })), []);
	});

	test('makes no container for it and waits for none', () => {
		const made = planUp(lab, stateOf(lab, { containers: [] })).steps.flatMap(({ operation }) =>
			operation.type === 'container.create' ? operation.spec.name : [],
		);
		assert.deepEqual(made.sort(), ['lab-other-1', 'lab-web-1']);
	});

	test('has it removed after those who depend on it', () => {
		const { steps } = planDown(lab, 'lab', stateOf(lab));
		const removal = steps.find(({ operation }) => operation.type === 'provider.run');
		const web = steps.find(({ operation }) => operation.type === 'container.remove' && operation.service === 'web');
		assert.ok(removal?.operation.type === 'provider.run' && removal.operation.verb === 'down');
		assert.ok(web !== undefined && removal.dependsOn.includes(web.id));
	});

	test('leaves it alone where other services are named', () => {
		const { steps } = planDown(lab, 'lab', stateOf(lab), { services: ['web'] });
		assert.ok(steps.every(({ operation }) => operation.type !== 'provider.run'));
	});

	test('asks it to stop, last of all', () => {
		const containers = stateOf(lab).containers.filter((one) => one.service === 'web');
		assert.deepEqual(text(planStop(lab.services, containers, {})), [
			'1 container.stop lab-web-1: stopped by the user',
			'2 provider.run my-db (stop) after 1: stopped by the user',
		]);
	});
});
