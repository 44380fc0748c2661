import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EngineSession } from '../../../../src/engine/docker/session.ts';
import { statsApi } from '../../../../src/engine/docker/stats.ts';

const measure = (raw: object) => {
	const session: Partial<EngineSession> = {
		names: { of: (id: string) => id, learn: () => undefined } as EngineSession['names'],
		read: async () => raw,
	};
	return statsApi(session as EngineSession).containerStats('c');
};

const cpu = (used: number, passed: number, cores: object = { online_cpus: 2 }) => ({
	cpu_usage: { total_usage: used },
	system_cpu_usage: passed,
	...cores,
});

describe('containerStats', () => {
	const shares: readonly { when: string; raw: object; share: number }[] = [
		{
			when: 'half of one of two cores is used',
			raw: { cpu_stats: cpu(150, 1400), precpu_stats: cpu(50, 1000) },
			share: 0.5,
		},
		{ when: 'nothing was measured before', raw: { cpu_stats: cpu(100, 1000), precpu_stats: {} }, share: 0.2 },
		{ when: 'nothing was used', raw: { cpu_stats: cpu(50, 1400), precpu_stats: cpu(50, 1000) }, share: 0 },
		{ when: 'it does not run', raw: {}, share: 0 },
		{
			when: 'an old engine tells its cores only one by one',
			raw: {
				cpu_stats: { cpu_usage: { total_usage: 100, percpu_usage: [50, 50, 0, 0] }, system_cpu_usage: 400 },
				precpu_stats: cpu(0, 0),
			},
			share: 1,
		},
	];
	for (const { when, raw, share } of shares) {
		test(`gives a share of ${share} where ${when}`, async () => assert.equal((await measure(raw)).cpuShare, share));
	}

	const memories: readonly { when: string; stats: object; memory: number }[] = [
		{ when: 'cgroup 2 tells the cache', stats: { inactive_file: 30 }, memory: 70 },
		{ when: 'cgroup 1 tells the cache', stats: { total_inactive_file: 40, inactive_file: 1 }, memory: 60 },
		{ when: 'the cache is larger than all', stats: { inactive_file: 300 }, memory: 100 },
	];
	for (const { when, stats, memory } of memories) {
		test(`counts ${memory} bytes of memory where ${when}`, async () => {
			const measured = await measure({ memory_stats: { usage: 100, limit: 1000, stats } });
			assert.deepEqual([measured.memory, measured.memoryLimit], [memory, 1000]);
		});
	}

	test('adds up networks and disks', async () => {
		const { received, sent, read, written, processes } = await measure({
			networks: { eth0: { rx_bytes: 1, tx_bytes: 2 }, eth1: { rx_bytes: 10, tx_bytes: 20 } },
			blkio_stats: {
				io_service_bytes_recursive: [
					{ op: 'read', value: 5 },
					{ op: 'Read', value: 6 },
					{ op: 'Write', value: 7 },
					{ op: 'Total', value: 99 },
				],
			},
			pids_stats: { current: 4 },
		});
		assert.deepEqual(
			{ received, sent, read, written, processes },
			{ received: 11, sent: 22, read: 11, written: 7, processes: 4 },
		);
	});
});
