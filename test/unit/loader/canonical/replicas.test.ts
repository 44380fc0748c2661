import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MappingNode } from '../../../../src/document/node.ts';
import { toPlain } from '../../../../src/document/plain.ts';
import { withReplicas } from '../../../../src/loader/canonical/replicas.ts';
import { parsedOne } from '../../../support/load-text.ts';

describe('withReplicas', () => {
	const cases: readonly { when: string; service: string; deploy: unknown }[] = [
		{ when: 'scale counts for deploy', service: '{scale: 3, deploy: {}}', deploy: { replicas: 3 } },
		{ when: 'what deploy says stays', service: '{scale: 3, deploy: {replicas: 2}}', deploy: { replicas: 2 } },
		{ when: 'no deploy is made', service: '{scale: 3}', deploy: undefined },
		{ when: 'no scale says nothing', service: '{deploy: {mode: global}}', deploy: { mode: 'global' } },
	];
	for (const { when, service, deploy } of cases) {
		test(when, () => {
			const plain = toPlain(withReplicas(parsedOne(`services: {a: ${service}}`) as MappingNode));
			assert.deepEqual((plain as { services: { a: { deploy?: unknown } } }).services.a.deploy, deploy);
		});
	}
});
