import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MappingNode } from '../../../../src/document/node.ts';
import { Findings } from '../../../../src/errors/findings.ts';
import { decodeProject } from '../../../../src/loader/decode/project.ts';
import { parsedOne } from '../../../support/load-text.ts';

const decode = (service: string) => {
	const findings = new Findings();
	const project = decodeProject(parsedOne(`services: {a: {image: x, ${service}}}`) as MappingNode, findings);
	return { service: project.services.get('a'), errors: findings.errors };
};

/** One attribute as it is written in canonical form, and as docker compose prints it; undefined: it prints nothing. */
const cases: readonly [attribute: string, written: string, printed: unknown][] = [
	['attach', 'false', false],
	['blkio_config', '{}', {}],
	['blkio_config', '{weight: 0}', {}],
	['blkio_config', '{weight_device: [{path: /a}]}', { weight_device: [{ Path: '/a', Weight: 0 }] }],
	['blkio_config', '{device_read_bps: [{rate: 12mb}]}', { device_read_bps: [{ Path: '', Rate: '12582912' }] }],
	['blkio_config', '{device_write_iops: [{path: /a, rate: 0}]}', { device_write_iops: [{ Path: '/a', Rate: '0' }] }],
	['cpu_count', '0', undefined],
	['cpu_percent', '50', 50],
	['cpu_shares', '1.5', 1],
	['cpus', '0.29', 0.29],
	['cpus', '0', undefined],
	['credential_spec', '{}', {}],
	['develop', '{watch: []}', {}],
	[
		'develop',
		'{watch: [{path: /a, action: rebuild, ignore: [x]}]}',
		{ watch: [{ path: '/a', action: 'rebuild', exec: { command: null }, ignore: ['x'] }] },
	],
	['devices', '[]', undefined],
	['external_links', '[a]', ['a']],
	['logging', '{}', {}],
	['logging', '{options: {a: 1.0, b: , c: x}}', { options: { a: '1', b: '', c: 'x' } }],
	['mem_limit', '-1', '-1'],
	['mem_limit', '1.5', undefined],
	['mem_swappiness', '10', '10'],
	['memswap_limit', '-1', '-1'],
	['healthcheck', '{retries: 1.5}', { retries: 1 }],
	['models', '{m: , n: {}}', { m: null, n: {} }],
	['networks', '{n: {gw_priority: 2.7, priority: 1.5}}', { n: { gw_priority: 2, priority: 1 } }],
	['networks', '{n: {driver_opts: {b: 1, a: x}}}', { n: { driver_opts: { a: 'x', b: '1' } } }],
	['oom_kill_disable', 'false', undefined],
	['oom_score_adj', '0', undefined],
	['pids_limit', '-1', -1],
	['post_start', '[{command: }]', [{ command: null }]],
	['pre_stop', '[{command: []}]', [{ command: [] }]],
	['pre_start', '[{command: [a], image: i}]', [{ command: ['a'], image: 'i' }]],
	['provider', '{type: p, options: {a: [1, true], b: []}}', { type: 'p', options: { a: ['1', 'true'] } }],
	['secrets', '[{source: s, mode: 0440}]', [{ source: 's', mode: '0440' }]],
	['storage_opt', '{size: 1G, a: }', { a: '', size: '1G' }],
	['deploy', '{update_config: {}}', { update_config: {}, resources: {}, placement: {} }],
	[
		'deploy',
		'{rollback_config: {parallelism: 0, delay: 0s, max_failure_ratio: 0.3}}',
		{ rollback_config: { parallelism: 0, max_failure_ratio: 0.3 }, resources: {}, placement: {} },
	],
	[
		'deploy',
		'{restart_policy: {delay: 0s}, endpoint_mode: vip}',
		{ resources: {}, restart_policy: { delay: '0s' }, placement: {}, endpoint_mode: 'vip' },
	],
	[
		'deploy',
		'{resources: {reservations: {generic_resources: [{discrete_resource_spec: {}}, {}]}}}',
		{
			resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: '', value: 0 } }, {}] } },
			placement: {},
		},
	],
	['build', '{ssh: {default: , k: /key}}', { ssh: ['default', 'k=/key'] }],
	['build', '{provenance: false, sbom: ""}', { provenance: 'false' }],
	[
		'build',
		'{ulimits: {nofile: 5, nproc: {soft: 1, hard: 2}}}',
		{ ulimits: { nofile: 5, nproc: { soft: 1, hard: 2 } } },
	],
];

describe('decoding a service', () => {
	for (const [attribute, written, printed] of cases) {
		test(`${attribute}: ${written}`, () => {
			const { service, errors } = decode(`${attribute}: ${written}`);
			assert.deepEqual(errors, []);
			assert.deepEqual(new Map(Object.entries(service ?? {})).get(attribute), printed);
		});
	}

	const refused: readonly [service: string, path: string][] = [
		['memswap_limit: "-1"', 'memswap_limit'],
		['shm_size: 1x', 'shm_size'],
		['deploy: {update_config: {delay: soon}}', 'deploy.update_config.delay'],
		['secrets: [{source: s, mode: rw}]', 'secrets.0.mode'],
		['healthcheck: {retries: -1}', 'healthcheck.retries'],
		['deploy: {update_config: {parallelism: -1}}', 'deploy.update_config.parallelism'],
		['deploy: {restart_policy: {max_attempts: -1}}', 'deploy.restart_policy.max_attempts'],
		['ports: [{target: -1}]', 'ports.0.target'],
		['volumes: [{type: tmpfs, target: /x, tmpfs: {mode: -1}}]', 'volumes.0.tmpfs.mode'],
		['blkio_config: {weight: -1}', 'blkio_config.weight'],
	];
	for (const [service, path] of refused) {
		test(`refuses ${service}`, () => {
			assert.deepEqual(
				decode(service).errors.map((error) => error.path),
				[`services.a.${path}`],
			);
		});
	}
});

for (const service of [
	'ulimits: {a: 1.0}',
	'ulimits: {a: {soft: 1.0, hard: 2}}',
	'gpus: [{count: 1.0}]',
	'ports: [{target: 80, published: 8080.0}]',
	'secrets: [{source: s, mode: 288.0}]',
	'configs: [{source: s, mode: 288.0}]',
]) {
	test(`${service} is refused: docker compose takes no float there`, () => {
		const [error] = decode(service).errors;
		assert.match(error?.message ?? '', /is written with a point or an exponent$/);
	});
}
