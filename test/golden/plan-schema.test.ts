import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { planToJson } from '../../src/plan/format-plan.ts';
import { planDown } from '../../src/plan/plan-down.ts';
import { planImages } from '../../src/plan/plan-images.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { box } from '../support/gpu-cases.ts';
import { container, image, needs, otherImageId, project, service, state, stateOf } from '../support/plan-cases.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/plan.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true }).compile(schema);

const lab = project({
	services: {
		db: service({ volumes: [{ type: 'volume', source: 'data', target: '/data' }] }),
		web: service({ depends_on: { db: needs('service_healthy') } }),
	},
	volumes: { data: { name: 'lab_data' } },
});
const stale = stateOf(lab, {
	containers: [container(lab, { service: 'web', state: 'exited' }), container(lab, { service: 'gone' })],
	images: { app: image({ id: otherImageId }) },
});
const drift = [
	{ service: 'web', container: 'lab-web-1', field: 'cpus', observed: '1', declared: '(none)', mendedBy: 'up --drift' },
] as const;

const needsConsent = [{ key: 'data', name: 'lab_data', reasons: ['labels.k: 1 → 2'] }] as const;

const trainer = project({ services: { t: service({ gpus: [{ count: 1 }] }) } });
const gpuPlan = planUp(trainer, state(), { gpus: { inventory: box(1), containers: [], busyBytes: 0 } });

const plans = [
	{ when: 'nothing is there', plan: planUp(lab, state()) },
	{ when: 'images are missing', plan: planImages(lab, state({ images: {} })) },
	{ when: 'there is something of everything', plan: { ...planUp(lab, stale, { orphans: 'remove' }), drift } },
	{ when: 'there are orphans, with a warning', plan: planUp(lab, stale) },
	{ when: 'everything is taken down', plan: planDown(lab, 'lab', stateOf(lab), { volumes: true }) },
	{ when: 'a volume needs consent', plan: { ...planUp(lab, stateOf(lab)), needsConsent } },
	{ when: 'GPUs are chosen', plan: gpuPlan },
	{ when: 'nothing is to be done', plan: planUp(lab, stateOf(lab)) },
];

describe('the schema of plans', () => {
	for (const { when, plan } of plans) {
		test(`holds when ${when}`, () => {
			const printed = JSON.parse(JSON.stringify(planToJson(plan)));
			assert.ok(validate(printed), JSON.stringify(validate.errors, undefined, 1));
		});
	}

	test('names every member that is printed', () => {
		const printed = JSON.parse(JSON.stringify(planToJson({ ...planUp(lab, stale), needsConsent, drift })));
		const chosen = JSON.parse(JSON.stringify(planToJson(gpuPlan)));
		assert.ok(chosen.steps.some((step: object) => 'gpus' in step));
		const { steps, warnings, needsConsent: needed, drift: entries } = schema.properties;
		assert.deepEqual(Object.keys(printed).sort(), Object.keys(schema.properties).sort());
		for (const [list, described] of [
			[[...printed.steps, ...chosen.steps], steps],
			[printed.warnings, warnings],
			[printed.needsConsent, needed],
			[printed.drift, entries],
		]) {
			assert.ok(list.length > 0);
			const unknown = list.flatMap(Object.keys).filter((key: string) => !(key in described.items.properties));
			assert.deepEqual(unknown, []);
		}
	});

	test('refuses a step without a reason', () => {
		const step = { id: 1, operation: 'volume.create', subject: 'a', dependsOn: [], reasons: [], destroysData: false };
		assert.equal(validate({ steps: [step], warnings: [] }), false);
	});
});
