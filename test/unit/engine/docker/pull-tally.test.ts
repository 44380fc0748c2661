import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type PullRecord, PullTally } from '../../../../src/engine/docker/pull-tally.ts';

const layer = (id: string, status: string, current?: number, total?: number): PullRecord => ({
	id,
	status,
	...(total !== undefined && { progressDetail: { current: current ?? 0, total } }),
});

const cases: readonly {
	readonly when: string;
	readonly records: readonly PullRecord[];
	readonly says: string;
	readonly fraction?: number;
}[] = [
	{
		when: 'no layer is known',
		records: [layer('latest', 'Pulling from library/x')],
		says: 'latest: Pulling from library/x',
	},
	{
		when: 'layers wait',
		records: [layer('a', 'Pulling fs layer'), layer('b', 'Waiting')],
		says: 'b: Waiting',
		fraction: 0,
	},
	{
		when: 'half of the only layer is loaded',
		records: [layer('a', 'Downloading', 50, 100)],
		says: 'a: Downloading',
		fraction: 0.25,
	},
	{ when: 'it is loaded', records: [layer('a', 'Download complete')], says: 'a: Download complete', fraction: 0.5 },
	{
		when: 'half of it is unpacked',
		records: [layer('a', 'Extracting', 50, 100)],
		says: 'a: Extracting',
		fraction: 0.75,
	},
	{
		when: 'one of two is there',
		records: [layer('a', 'Already exists'), layer('b', 'Waiting')],
		says: 'b: Waiting',
		fraction: 0.5,
	},
	{
		when: 'all is done',
		records: [layer('a', 'Pull complete'), { status: 'Digest: sha256:0' }],
		says: 'Digest: sha256:0',
		fraction: 1,
	},
	{ when: 'a size is unknown', records: [layer('a', 'Downloading', 10, 0)], says: 'a: Downloading', fraction: 0 },
];

describe('PullTally', () => {
	for (const { when, records, says, fraction } of cases) {
		test(`when ${when}`, () => {
			const tally = new PullTally();
			const last = records.map((record) => tally.add(record)).at(-1);
			assert.deepEqual(last, fraction === undefined ? { text: says } : { text: says, fraction });
		});
	}
});
