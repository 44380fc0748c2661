import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadText, problemsOf } from '../../support/load-text.ts';

const written = async (attribute: string, value: string): Promise<unknown> => {
	const steps = attribute.split('.');
	const inner = steps.reduceRight((text, step) => (/^\d+$/.test(step) ? `[${text}]` : `{${step}: ${text}}`), value);
	const { model } = await loadText(`services: {a: ${inner}}`, { V: value.replaceAll(/["]/g, '') });
	return ['services', 'a', ...steps].reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], model);
};

const integers = [
	'cpu_count',
	'cpu_period',
	'cpu_quota',
	'cpu_rt_period',
	'cpu_rt_runtime',
	'cpu_shares',
	'deploy.placement.max_replicas_per_node',
	'deploy.replicas',
	'deploy.rollback_config.parallelism',
	'deploy.update_config.parallelism',
	'oom_score_adj',
	'pids_limit',
	'scale',
];
const numbers = ['cpus', 'deploy.update_config.max_failure_ratio', 'deploy.rollback_config.max_failure_ratio'];
const flags = ['attach', 'build.no_cache', 'build.privileged', 'build.pull', 'init', 'oom_kill_disable', 'tty'];

describe('text becomes what its attribute takes', () => {
	for (const attribute of integers) {
		test(`${attribute} takes whole numbers`, async () => {
			assert.equal(await written(attribute, '"12"'), 12);
			assert.match(
				(await problemsOf(() => written(attribute, '"1.5"')))[0] ?? '',
				/must be a whole number, found `1\.5`/,
			);
			assert.match(
				(await problemsOf(() => written(attribute, '""')))[0] ?? '',
				/must be a whole number, found an empty text/,
			);
		});
	}
	for (const attribute of numbers) {
		test(`${attribute} takes numbers`, async () => {
			assert.equal(await written(attribute, '"0.25"'), 0.25);
			assert.equal(await written(attribute, '"1e-1"'), 0.1);
			assert.match((await problemsOf(() => written(attribute, '"1 cpu"')))[0] ?? '', /must be a number, found `1 cpu`/);
		});
	}
	for (const attribute of flags) {
		test(`${attribute} takes truth values`, async () => {
			assert.equal(await written(attribute, '"true"'), true);
			assert.equal(await written(attribute, '"no"'), false);
			assert.match(
				(await problemsOf(() => written(attribute, '"maybe"')))[0] ?? '',
				/must be `true` or `false`, found `maybe`/,
			);
		});
	}

	test('flags inside lists are cast too', async () => {
		assert.equal(
			await written('volumes.0', '{type: bind, source: /a, target: /a, bind: {create_host_path: "yes"}}').then(
				(mount) => (mount as { bind: { create_host_path: boolean } }).bind.create_host_path,
			),
			true,
		);
		for (const hook of ['pre_start', 'post_start', 'pre_stop']) {
			const cast = (await written(`${hook}.0`, '{command: a, privileged: "on"}')) as { readonly privileged: boolean };
			assert.equal(cast.privileged, true);
		}
	});
});
