import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { addStart } from '../../../src/plan/add-start.ts';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planBuilder } from '../../../src/plan/plan-builder.ts';
import { project, service } from '../../support/plan-cases.ts';

const lab = project({ services: {}, secrets: { token: { name: 'lab_token', environment: 'TOKEN' } } });
const container = { name: 'lab-web-1', id: 'w' };
const hook = { command: ['true'] };

function added(given: Service | undefined, files: typeof lab | undefined = lab) {
	const plan = planBuilder();
	plan.add({ type: 'image.pull', service: 'web', image: 'app' }, 'not found');
	const planned = addStart(plan, {
		container,
		name: 'web',
		service: given,
		project: files,
		reasons: 'new',
		after: [1],
	});
	return { ...planned, text: formatPlan(plan.build()).split('\n').slice(1) };
}

const start = '2 container.start lab-web-1 after 1: new';

describe('addStart', () => {
	test('a plain service is started and ready at once', () => {
		assert.deepEqual(added(service()), { started: 2, ready: 2, text: [start] });
	});

	test('without a file there is nothing around the start', () => {
		assert.deepEqual(added(undefined), { started: 2, ready: 2, text: [start] });
	});

	test('its secrets are written into it before', () => {
		const { text, started } = added(service({ secrets: [{ source: 'token' }] }));
		assert.equal(started, 3);
		assert.deepEqual(text, [
			'2 container.copy token to lab-web-1 after 1: its secrets and configs are written into it before it starts',
			'3 container.start lab-web-1 after 1, 2: new',
		]);
	});

	test('where nobody declares them, none are', () => {
		const { text } = added(service({ secrets: [{ source: 'token' }] }), project({ services: {} }));
		assert.deepEqual(text, [start]);
	});

	test('its hooks run after it, one after the other, and only then is it ready', () => {
		const { text, ready } = added(service({ post_start: [hook, hook], pre_stop: [hook] }));
		assert.equal(ready, 4);
		assert.deepEqual(text, [
			start,
			'3 container.exec lab-web-1 (post_start) after 2: its hook runs after every start',
			'4 container.exec lab-web-1 (post_start) after 3: its hook runs after every start',
		]);
	});
});
