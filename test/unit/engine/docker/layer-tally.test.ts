import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type LayerRecord, LayerTally, pulledShare, pushedShare } from '../../../../src/engine/docker/layer-tally.ts';

const layer = (id: string, status: string, current?: number, total?: number): LayerRecord => ({
	id,
	status,
	...(total !== undefined && { progressDetail: { current: current ?? 0, total } }),
});

const cases: readonly {
	readonly when: string;
	readonly records: readonly LayerRecord[];
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

describe('LayerTally', () => {
	for (const { when, records, says, fraction } of cases) {
		test(`when ${when}`, () => {
			const tally = new LayerTally(pulledShare);
			const last = records.map((record) => tally.add(record)).at(-1);
			assert.deepEqual(last, fraction === undefined ? { text: says } : { text: says, fraction });
		});
	}

	const pushes: readonly {
		readonly when: string;
		readonly records: readonly LayerRecord[];
		readonly fraction?: number;
	}[] = [
		{ when: 'it is only said where to', records: [{ status: 'The push refers to repository [r/x]' }] },
		{ when: 'layers wait', records: [layer('a', 'Preparing'), layer('b', 'Waiting')], fraction: 0 },
		{ when: 'a quarter is sent', records: [layer('a', 'Pushing', 25, 100)], fraction: 0.25 },
		{ when: 'more is sent than was foreseen', records: [layer('a', 'Pushing', 110, 100)], fraction: 1 },
		{ when: 'one of two is sent', records: [layer('a', 'Preparing'), layer('b', 'Pushed')], fraction: 0.5 },
		{ when: 'the registry has it', records: [layer('a', 'Layer already exists')], fraction: 1 },
		{ when: 'the registry has it elsewhere', records: [layer('a', 'Mounted from other/x')], fraction: 1 },
		{ when: 'all is done', records: [layer('a', 'Pushed'), { status: '1: digest: sha256:0' }], fraction: 1 },
	];
	for (const { when, records, fraction } of pushes) {
		test(`of a push when ${when}`, () => {
			const tally = new LayerTally(pushedShare);
			assert.equal(records.map((record) => tally.add(record)).at(-1)?.fraction, fraction);
		});
	}
});
