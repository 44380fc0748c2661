import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MappingNode } from '../../../src/document/node.ts';
import { toPlain } from '../../../src/document/plain.ts';
import { normalise } from '../../../src/loader/normalise.ts';
import { parsedOne } from '../../support/load-text.ts';

const normalised = (service: string): Record<string, unknown> => {
	const tree = normalise(parsedOne(`services: {a: {image: x, ${service}}}`) as MappingNode, 'lab', new Map());
	return (toPlain(tree) as { services: { a: Record<string, unknown> } }).services.a;
};

const restarting = { condition: 'service_started', restart: true, required: true };
const once = { condition: 'service_started', restart: false, required: true };

const cases: readonly [service: string, dependencies: unknown][] = [
	['links: [b, "c:alias"]', { b: restarting, c: restarting }],
	['network_mode: "service:b"', { b: restarting }],
	['ipc: "service:b"', { b: restarting }],
	['pid: "service:b"', { b: restarting }],
	['uts: "service:b"', { b: restarting }],
	['volumes_from: [b, "c:ro", "container:d"]', { b: once, c: once }],
	['links: [b], volumes_from: [b]', { b: restarting }],
	['links: [b], depends_on: {b: {condition: service_healthy}}', { b: { condition: 'service_healthy' } }],
	['ipc: host, external_links: [b]', undefined],
];

describe('dependencies that attributes imply', () => {
	for (const [service, dependencies] of cases) {
		test(service, () => assert.deepEqual(normalised(service)['depends_on'], dependencies));
	}

	test('a provider is on no network', () => {
		assert.equal(normalised('provider: {type: p}')['networks'], undefined);
	});
});
