import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hashInForm } from '../../../src/plan/hash-form.ts';
import { settleSpec } from '../../../src/plan/settle-spec.ts';
import { label } from '../../../src/state/labels.ts';
import { containerSpec } from '../../support/container-spec.ts';

const id = 'c'.repeat(64);
const spec = containerSpec('lab-side-1', {
	service: { network_mode: 'service:db', volumes_from: ['db'] },
	networkMode: 'service:db',
	labels: { [label.configHash]: 'of the service as it was declared', team: 'nlp' },
});

describe('settleSpec', () => {
	test('puts ids in the places of services, and takes the hash over them', () => {
		const settled = settleSpec(spec, () => id, '2');
		assert.equal(settled.networkMode, `container:${id}`);
		assert.equal(settled.service.network_mode, `container:${id}`);
		assert.deepEqual(settled.service.volumes_from, [id]);
		assert.deepEqual(settled.labels, { team: 'nlp', [label.configHash]: hashInForm(settled.service, '2') });
	});

	test('takes the digests of the fields anew where the definition has them', () => {
		const digested = { ...spec, labels: { ...spec.labels, [label.fields]: 'old' } };
		assert.match(settleSpec(digested, () => id, '2').labels[label.fields] ?? '', / network_mode=[0-9a-f]+/);
	});

	test('takes the hash in the form that is asked for', () => {
		const volumes = [{ type: 'bind' as const, source: '/a', target: '/a', bind: { create_host_path: true as const } }];
		const bound = { ...spec, service: { ...spec.service, volumes } };
		const [second, fifth] = (['2', '5'] as const).map(
			(form) => settleSpec(bound, () => id, form).labels[label.configHash],
		);
		assert.notEqual(second, fifth);
	});

	test('leaves a definition that shares nothing as it is', () => {
		const alone = containerSpec('lab-db-1', { labels: { [label.configHash]: 'x' } });
		assert.equal(
			settleSpec(alone, () => undefined, '2'),
			alone,
		);
	});

	test('throws where an id is missing', () => {
		assert.throws(() => settleSpec(spec, () => undefined, '2'), /shares a container that was not made/);
	});
});
