import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BuildProgress } from '../../../src/build/build-progress.ts';

const both = new Map([
	['a_b', 'a.b'],
	['web', 'web'],
]);

function read(records: readonly object[], targets: ReadonlyMap<string, string> = both) {
	const lines: string[] = [];
	const progress = new BuildProgress(targets, { onOutput: (service, text) => lines.push(`${service}: ${text}`) });
	for (const record of records) assert.ok(progress.push(JSON.stringify(record)));
	return { lines, progress };
}

const vertex = (digest: string, name: string, more: object = {}) => ({
	vertexes: [{ digest, name, started: 't', ...more }],
});
const log = (digest: string, text: string | Uint8Array) => ({
	logs: [{ vertex: digest, data: Buffer.from(text).toString('base64') }],
});

const cases: readonly {
	readonly when: string;
	readonly records: readonly object[];
	readonly lines: readonly string[];
}[] = [
	{ when: 'a step starts', records: [vertex('1', '[web base 1/2] FROM x')], lines: ['web: [base 1/2] FROM x'] },
	{
		when: 'a step starts twice',
		records: [vertex('1', '[web 1/2] FROM x'), vertex('1', '[web 1/2] FROM x')],
		lines: ['web: [1/2] FROM x'],
	},
	{
		when: 'a step is cached',
		records: [vertex('1', '[web 2/2] RUN x', { cached: true })],
		lines: ['web: CACHED [2/2] RUN x'],
	},
	{ when: 'a step only waits', records: [vertex('1', '[web 2/2] RUN x', { started: undefined })], lines: [] },
	{ when: 'a step is internal', records: [vertex('1', '[web internal] load .dockerignore')], lines: [] },
	{
		when: 'the service has a dot',
		records: [vertex('1', '[a_b] exporting to image')],
		lines: ['a.b: exporting to image'],
	},
	{
		when: 'a line is cut',
		records: [vertex('1', '[web 2/2] RUN x'), log('1', 'hel'), log('1', 'lo\nnext')],
		lines: ['web: [2/2] RUN x', 'web: hello'],
	},
	{
		when: 'a letter is cut',
		records: [
			vertex('1', '[web 2/2] RUN x'),
			log('1', Buffer.from('ü\n').subarray(0, 1)),
			log('1', Buffer.from('ü\n').subarray(1)),
		],
		lines: ['web: [2/2] RUN x', 'web: ü'],
	},
	{
		when: 'a progress bar rewrites its line',
		records: [vertex('1', '[web 2/2] RUN x'), log('1', '10%\r50%\r100%\r\n')],
		lines: ['web: [2/2] RUN x', 'web: 100%'],
	},
	{ when: 'a log belongs to no step', records: [log('9', 'lost\n')], lines: [] },
];

describe('BuildProgress', () => {
	for (const { when, records, lines } of cases) {
		test(`when ${when}`, () => assert.deepEqual(read(records).lines, lines));
	}

	test('a single target is not named by bake', () => {
		const { lines } = read(
			[vertex('1', '[base 1/2] FROM x'), vertex('2', '[internal] load')],
			new Map([['web', 'web']]),
		);
		assert.deepEqual(lines, ['web: [base 1/2] FROM x']);
	});

	test('the first failure counts, not the steps it cancels', () => {
		const { progress } = read([
			vertex('1', '[a_b 1/1] RUN y', { error: 'process: context canceled' }),
			vertex('2', '[web stage-1 2/2] RUN make', { error: 'exit code: 2' }),
			vertex('3', '[a_b 1/1] RUN z', { error: 'exit code: 9' }),
		]);
		assert.deepEqual(progress.failed, { service: 'web', step: 'RUN make', error: 'exit code: 2' });
	});

	test('the last twenty lines of a service are kept', () => {
		const many = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');
		const { progress } = read([vertex('1', '[web 2/2] RUN x'), log('1', many)]);
		assert.equal(progress.lastLines('web').length, 20);
		assert.equal(progress.lastLines('web').at(-1), 'line 29');
		assert.deepEqual(progress.lastLines('a.b'), []);
	});

	test("what is no record is buildx's own word", () => {
		const { progress } = read([]);
		for (const line of ['ERROR: no', '{not json', '']) assert.equal(progress.push(line), false);
	});
});
