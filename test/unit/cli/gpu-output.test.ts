import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gpuRows } from '../../../src/cli/gpu-output.ts';
import { formatRows } from '../../../src/cli/listing-format.ts';
import { unitsOf } from '../../../src/gpu/inventory.ts';
import { displayWidth } from '../../../src/render/display-width.ts';
import { box, cut, gib, gpu } from '../../support/gpu-cases.ts';

const holder = { kind: 'container', name: 'lab-t-1', project: 'lab', user: 'ann', since: 100 } as const;
const [first, second, slice] = unitsOf(
	box([gpu(0, { memoryUsed: 2 * gib, utilisation: 93, temperature: 61 }), gpu(1), cut(2)]),
);
const listed = [
	{ unit: first, holders: [holder] },
	{ unit: second, holders: [] },
	{ unit: slice, holders: [{ kind: 'process', name: 'python (process 7)' } as const] },
].flatMap(({ unit, holders }) => (unit === undefined ? [] : [{ unit, holders }]));

test('the table tells who has each GPU since when', () => {
	const text = formatRows(listed, gpuRows(100 + 7200), { format: 'table', columns: 160 });
	assert.match(text, /^GPU +MODEL +ID +MEMORY +USE +TEMP +HELD BY +PROJECT +USER +SINCE$/m);
	assert.match(text, /^0 +H100 +GPU-0\S+ +2\.0 \/ 80\.0 GiB +93 % +61 °C +lab-t-1 +lab +ann +2h ago$/m);
	assert.match(text, /^1 +H100 +GPU-0\S+ +0\.0 \/ 80\.0 GiB +free *$/m);
	assert.match(text, /^2:0 +H100 3g\.40gb +MIG-0\S+ +40\.0 GiB +python \(process 7\) *$/m);
});

for (const columns of [120, 80, 60]) {
	test(`no row is wrapped at ${columns} columns, and who has a GPU stays`, () => {
		const long = listed.map((one) => ({
			...one,
			holders: one.holders.map((each) => ({
				...each,
				name: 'thesis-llm-finetune-of-the-large-one-1',
				project: 'thesis-llm-finetune',
			})),
		}));
		const lines = formatRows(long, gpuRows(7300), { format: 'table', columns }).trimEnd().split('\n');
		assert.deepEqual(
			lines.filter((line) => displayWidth(line) > columns),
			[],
		);
		assert.match(lines[1] ?? '', /^0 .* thesi\S*…\S*ne-1 .* ann( |$)/);
	});
}

test('programs get an object a line', () => {
	const [line = ''] = formatRows(listed, gpuRows(0), { format: 'json' }).split('\n');
	const { Index, MemoryTotal, Holders } = JSON.parse(line);
	assert.deepEqual(
		[Index, MemoryTotal, Holders],
		[
			'0',
			80 * gib,
			[
				{
					Kind: 'container',
					State: null,
					Name: 'lab-t-1',
					Project: 'lab',
					User: 'ann',
					Since: '1970-01-01T00:01:40.000Z',
					MemoryUsed: null,
				},
			],
		],
	);
});
