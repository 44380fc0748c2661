import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerSummary } from '../../../src/engine/container-api.ts';
import type { OutputFrame } from '../../../src/engine/streams.ts';
import { label } from '../../../src/state/labels.ts';
import { type AttachEngine, type AttachRequest, attachToService } from '../../../src/use-cases/attach-to-service.ts';
import type { Console } from '../../../src/use-cases/console.ts';

const web: ContainerSummary = {
	id: 'web-id',
	name: 'lab-web-1',
	image: '',
	imageId: '',
	command: '',
	created: 0,
	state: 'running',
	status: '',
	labels: { [label.project]: 'lab', [label.service]: 'web', [label.configHash]: 'x', [label.number]: '1' },
	ports: [],
	networks: new Map(),
	mounts: [],
};

interface Setting {
	readonly tty?: boolean;
	readonly opensStdin?: boolean;
	/** What is typed, after which the program goes on. */
	readonly typed?: readonly string[];
	readonly request?: Partial<AttachRequest>;
}

/** A program that says a word and ends with 5 when it gets a signal, or when `end` is called. */
function attach({ tty = false, opensStdin = true, typed = [], request = {} }: Setting) {
	const log: string[] = [];
	const ended = Promise.withResolvers<void>();
	const [once, twice] = [new AbortController(), new AbortController()];
	const engine: Partial<AttachEngine> = {
		listContainers: async () => [web],
		inspectContainer: async () => ({
			id: 'web-id',
			name: 'lab-web-1',
			state: { status: 'running', running: true, exitCode: 0, oomKilled: false, error: '' },
			config: { OpenStdin: opensStdin },
			hostConfig: {},
			endpoints: {},
			tty,
			mounts: [],
		}),
		async attachContainer(_id, { stdin }) {
			log.push(`attach with input: ${stdin}`);
			return {
				output: (async function* (): AsyncGenerator<OutputFrame> {
					yield { stream: 'stdout', bytes: Buffer.from('hello') };
					await ended.promise;
				})(),
				write: async (bytes) => void log.push(`write ${Buffer.from(bytes)}`),
				endInput: () => void log.push('end of input'),
				close: () => void log.push('close'),
			};
		},
		async waitContainer() {
			await ended.promise;
			return { exitCode: 5 };
		},
		async killContainer(_id, signal) {
			log.push(`signal ${signal}`);
			ended.resolve();
		},
		resizeContainer: async () => undefined,
	};
	const console: Console = {
		out: async (bytes) => void log.push(`out ${Buffer.from(bytes)}`),
		err: async () => undefined,
		outClosed: new AbortController().signal,
		input: {
			async read(take, signal) {
				for (const piece of typed) await take(Buffer.from(piece));
				if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
			},
		},
		terminal: {
			size: () => ({ columns: 80, rows: 24 }),
			onResize: () => undefined,
			async enterRawMode() {
				log.push('raw');
				return { restore: () => void log.push('restored'), hungUp: new AbortController().signal };
			},
		},
	};
	const status = attachToService(
		engine as AttachEngine,
		{
			projectName: 'lab',
			service: 'web',
			input: true,
			inputIsTerminal: true,
			passSignals: true,
			signal: once.signal,
			forceSignal: twice.signal,
			onDetach: (name) => void log.push(`left ${name}`),
			...request,
		},
		console,
	);
	return { status, log, end: ended.resolve, once, twice };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('attachToService', () => {
	test('shows what the program writes and gives its exit status', async () => {
		const { status, log, end } = attach({ opensStdin: false });
		await settled();
		end();
		assert.equal(await status, 5);
		assert.deepEqual(log.slice(0, 2), ['attach with input: false', 'out hello']);
	});

	test('passes the first signal on by its name', async () => {
		const { status, log, once } = attach({});
		await settled();
		once.abort(new DOMException('SIGTERM', 'AbortError'));
		assert.equal(await status, 5);
		assert.ok(log.includes('signal SIGTERM'));
	});

	test('the second signal leaves the program alone', async () => {
		const { status, log, twice } = attach({});
		await settled();
		twice.abort(new DOMException('SIGINT', 'AbortError'));
		await assert.rejects(status, { code: 'INTERRUPTED' });
		assert.ok(!log.some((line) => line.startsWith('signal')));
	});

	test('without passing signals on, the first one leaves', async () => {
		const { status, log, once } = attach({ request: { passSignals: false } });
		await settled();
		once.abort(new DOMException('SIGINT', 'AbortError'));
		await assert.rejects(status, { code: 'INTERRUPTED' });
		assert.ok(!log.some((line) => line.startsWith('signal')));
	});

	test('keys leave a program with a terminal, which is put back', async () => {
		const { status, log } = attach({ tty: true, typed: ['ls', 'x'], request: { detachKeys: Uint8Array.of(120) } });
		assert.equal(await status, 0);
		assert.ok(log.includes('write ls') && log.includes('left lab-web-1'));
		assert.ok(log.indexOf('raw') < log.indexOf('restored'));
	});

	test('a program with a terminal wants one to read from', async () => {
		const { status, log } = attach({ tty: true, request: { inputIsTerminal: false } });
		await assert.rejects(status, { code: 'TERMINAL_UNAVAILABLE' });
		assert.deepEqual(log, []);
	});

	test('looking only needs no terminal', async () => {
		const { status, log, end } = attach({ tty: true, request: { inputIsTerminal: false, input: false } });
		await settled();
		end();
		assert.equal(await status, 5);
		assert.ok(!log.includes('raw'));
	});
});
