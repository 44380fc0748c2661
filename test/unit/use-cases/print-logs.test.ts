import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OutputFrame } from '../../../src/engine/streams.ts';
import { createLogPrinter, type LogStyle } from '../../../src/render/log-printer.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import {
	type LogRange,
	logOptions,
	type PrintLogsRequest,
	printLogs,
	pumpLogs,
} from '../../../src/use-cases/print-logs.ts';
import { project, service } from '../../support/plan-cases.ts';
import { type Bench, bench } from '../../support/run-tools.ts';

const style: LogStyle = { prefix: true, colour: false, terminal: false, separateStderr: false };

async function lab(services: Parameters<typeof project>[0]['services']): Promise<Bench> {
	const tools = bench({
		images: { app: {} },
		behaviour: ({ name }) => ({ stdout: `${name} says\n`, stderr: name.startsWith('lab-web') ? 'web warns\n' : '' }),
	});
	await bringUp(project({ services }), tools, {});
	return tools;
}

async function printed(tools: Bench, changes: Partial<PrintLogsRequest> = {}): Promise<string> {
	let out = '';
	const take = async (text: string | Uint8Array): Promise<void> => {
		out += Buffer.from(text).toString();
	};
	await printLogs(tools.engine, {
		selection: { projectName: 'lab', services: [] },
		range: {},
		style,
		sink: { out: take, err: take },
		signal: new AbortController().signal,
		...changes,
	});
	return out;
}

const two = { web: service(), db: service() };

const cases: readonly { when: string; changes: Partial<PrintLogsRequest>; is: string }[] = [
	{
		when: 'all is wanted: service by service, names padded to the longest',
		changes: {},
		is: 'db-1   | lab-db-1 says\nweb-1  | lab-web-1 says\nweb-1  | web warns\n',
	},
	{
		when: 'one service is wanted',
		changes: { selection: { projectName: 'lab', services: ['db'] } },
		is: 'db-1  | lab-db-1 says\n',
	},
	{
		when: 'only the last piece is wanted',
		changes: { range: { tail: 1 } },
		is: 'db-1   | lab-db-1 says\nweb-1  | web warns\n',
	},
	{
		when: 'no names are wanted',
		changes: { style: { ...style, prefix: false } },
		is: 'lab-db-1 says\nlab-web-1 says\nweb warns\n',
	},
	{ when: 'it is another project', changes: { selection: { projectName: 'shop', services: [] } }, is: '' },
	{ when: 'the user has had enough before', changes: { signal: AbortSignal.abort() }, is: '' },
];

describe('printLogs', () => {
	for (const { when, changes, is } of cases) {
		test(`when ${when}`, async () => assert.equal(await printed(await lab(two), changes), is));
	}

	test('what containers wrote that have ended is printed too, and nothing is changed', async () => {
		const tools = await lab({ web: service() });
		for (const { id } of tools.engine.world.containers.values()) await tools.engine.stopContainer(id);
		tools.takeWrites();
		assert.equal(await printed(tools), 'web-1  | lab-web-1 says\nweb-1  | web warns\n');
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('a number that is not there is refused', async () => {
		const selection = { projectName: 'lab', services: ['db'], index: 9 };
		await assert.rejects(printed(await lab(two), { selection }), { code: 'SERVICE_NOT_RUNNING' });
	});
});

describe('logOptions', () => {
	const given: readonly { range: LogRange; is: object }[] = [
		{ range: {}, is: {} },
		{ range: { tail: undefined, since: undefined, timestamps: undefined }, is: {} },
		{ range: { tail: 0, timestamps: false }, is: { tail: 0, timestamps: false } },
		{ range: { since: '1.5', until: '9' }, is: { since: '1.5', until: '9' } },
	];
	for (const { range, is } of given) {
		test(JSON.stringify(range), () => assert.deepEqual(logOptions(range), is));
	}
});

describe('pumpLogs', () => {
	test('a line that breaks off with its stream is printed all the same', async () => {
		const texts: string[] = [];
		const sink = { out: async (text: string | Uint8Array) => void texts.push(Buffer.from(text).toString()) };
		const printer = createLogPrinter({ ...sink, err: sink.out }, style);
		const frames = (async function* (): AsyncGenerator<OutputFrame> {
			yield { stream: 'stdout', bytes: Buffer.from('whole\nhal') };
			throw new Error('the line was cut');
		})();
		await assert.rejects(pumpLogs(frames, printer.open({ name: 'web-1', service: 'web' }), printer), /cut/);
		await printer.flush();
		assert.equal(texts.join(''), 'web-1  | whole\nweb-1  | hal\n');
	});
});
