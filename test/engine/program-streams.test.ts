import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Engine } from '../../src/engine/engine.ts';
import type { Project } from '../../src/model/project.ts';
import type { Service } from '../../src/model/service.ts';
import type { Console } from '../../src/use-cases/console.ts';
import { type ExecRequest, execInService } from '../../src/use-cases/exec-in-service.ts';
import { type RunServiceRequest, runService } from '../../src/use-cases/run-service.ts';
import { connectTestEngine, whyNoTestEngine } from '../support/test-engine.ts';
import { unlocked } from '../support/unlocked.ts';

const projectName = `labct-streams-${randomBytes(4).toString('hex')}`;
const shell: Service = {
	image: 'labc/busybox:latest',
	command: ['sleep', '600'],
	entrypoint: null,
	stop_grace_period: '0s',
};
const project: Project = {
	name: projectName,
	workingDir: '/',
	configFiles: [],
	environmentFiles: [],
	services: new Map([['shell', shell]]),
	disabledServices: new Map(),
	networks: new Map(),
	volumes: new Map(),
	secrets: new Map(),
	configs: new Map(),
	models: new Map(),
	extensions: new Map(),
	labc: { project: {}, services: new Map() },
};

interface Heard {
	readonly console: Console;
	out(): string;
	err(): string;
}

/** A caller without a terminal, whose input is `pieces`. */
function caller(pieces: Iterable<Uint8Array> = []): Heard {
	const heard = { out: '', err: '' };
	return {
		out: () => heard.out,
		err: () => heard.err,
		console: {
			async out(bytes) {
				heard.out += Buffer.from(bytes).toString();
			},
			async err(bytes) {
				heard.err += Buffer.from(bytes).toString();
			},
			outClosed: new AbortController().signal,
			input: {
				async read(take, signal) {
					for (const piece of pieces) {
						if (signal.aborted) return;
						await take(piece);
					}
				},
			},
			terminal: {
				size: () => ({ columns: 80, rows: 24 }),
				onResize: () => undefined,
				enterRawMode: () => Promise.reject(new Error('no terminal here')),
			},
		},
	};
}

function* megabytes(count: number): Generator<Uint8Array> {
	const piece = Buffer.alloc(1024 * 1024, 'x');
	for (let index = 0; index < count; index += 1) yield piece;
}

describe('programs in containers', { skip: (await whyNoTestEngine()) ?? false }, () => {
	let engine: Engine;
	before(async () => {
		engine = await connectTestEngine();
	});
	after(async () => {
		for (const { id } of await ours()) await engine.removeContainer(id, { force: true, volumes: true });
	});
	const ours = () => engine.listContainers([`com.docker.compose.project=${projectName}`]);

	interface RunChanges extends Partial<RunServiceRequest> {
		readonly signal?: AbortSignal;
		readonly forceSignal?: AbortSignal;
	}

	const run = (command: readonly string[], heard: Heard, { signal, forceSignal, ...changes }: RunChanges = {}) => {
		const never = new AbortController().signal;
		const tools = {
			engine,
			builder: () => Promise.reject(new Error('nothing is built here')),
			emit: () => undefined,
			commandLine: 'labc compose run',
			signal: signal ?? never,
			forceSignal: forceSignal ?? never,
			parallel: undefined,
			withLock: unlocked,
			confirm: () => Promise.resolve(false),
			programs: () => Promise.reject(new Error('no program is run here')),
			contents: {
				fileExists: async () => true,
				registryLogins: async () => '{}',
				variables: () => new Map(),
				now: Date.now,
			},
		};
		const request: RunServiceRequest = {
			serviceName: 'shell',
			slug: randomBytes(32).toString('hex'),
			tty: false,
			input: true,
			detach: false,
			remove: true,
			images: { pull: 'never' },
			flushProgress: () => Promise.resolve(),
			onDetached: () => Promise.resolve(),
			onDetach: () => undefined,
			...changes,
			service: { ...shell, command, stdin_open: true, ...changes.service },
		};
		return runService(project, tools, { request, console: heard.console });
	};

	describe('run', () => {
		test('gives the exit status and keeps the two outputs apart', async () => {
			const heard = caller();
			assert.equal(await run(['sh', '-c', 'echo to out; echo to err >&2; exit 7'], heard), 7);
			assert.equal(heard.out(), 'to out\n');
			assert.equal(heard.err(), 'to err\n');
		});

		test('passes 50 MB of input to its end and takes the answer', async () => {
			const heard = caller(megabytes(50));
			assert.equal(await run(['wc', '-c'], heard), 0);
			assert.equal(heard.out().trim(), String(50 * 1024 * 1024));
		});

		test('carries bytes both ways unchanged', async () => {
			const heard = caller([Buffer.from('größe\n'), Buffer.from('学習')]);
			assert.equal(await run(['cat'], heard), 0);
			assert.equal(heard.out(), 'größe\n学習');
		});

		test('loses nothing of a program that ends at once', async () => {
			for (let round = 0; round < 5; round += 1) {
				const heard = caller();
				assert.equal(await run(['echo', String(round)], heard), 0);
				assert.equal(heard.out(), `${round}\n`);
			}
		});

		test('leaves nothing behind with --rm', async () => {
			const slug = randomBytes(32).toString('hex');
			await run(['true'], caller(), { slug });
			assert.ok((await ours()).every(({ labels }) => labels['com.docker.compose.slug'] !== slug));
		});

		test('keeps the container without --rm, under its name and labels', async () => {
			const slug = randomBytes(32).toString('hex');
			assert.equal(await run(['false'], caller(), { slug, remove: false }), 1);
			const [kept] = (await ours()).filter(({ labels }) => labels['com.docker.compose.slug'] === slug);
			assert.equal(kept?.name, `${projectName}-shell-run-${slug.slice(0, 12)}`);
			assert.equal(kept?.labels['com.docker.compose.oneoff'], 'True');
			assert.equal(kept?.labels['com.docker.compose.container-number'], undefined);
		});

		const failures: readonly { when: string; command: readonly string[]; code: string }[] = [
			{ when: 'the command is missing', command: ['no-such-command'], code: 'COMMAND_NOT_FOUND' },
			{ when: 'the command is a plain file', command: ['/etc/hostname'], code: 'COMMAND_NOT_EXECUTABLE' },
		];
		for (const { when, command, code } of failures) {
			test(`says so when ${when}, and leaves nothing behind`, async () => {
				const slug = randomBytes(32).toString('hex');
				await assert.rejects(run(command, caller(), { slug }), { code });
				assert.ok((await ours()).every(({ labels }) => labels['com.docker.compose.slug'] !== slug));
			});
		}

		test('passes Ctrl-C on, and the container is gone afterwards', async () => {
			const stop = new AbortController();
			const slug = randomBytes(32).toString('hex');
			const heard = caller();
			const { console } = heard;
			const listening: Heard = {
				...heard,
				console: {
					...console,
					async out(bytes) {
						await console.out(bytes);
						stop.abort();
					},
				},
			};
			const script = 'trap "echo caught; exit 42" INT; echo ready; while :; do sleep 0.05; done';
			assert.equal(await run(['sh', '-c', script], listening, { signal: stop.signal, slug }), 42);
			assert.equal(heard.out(), 'ready\ncaught\n');
			assert.ok((await ours()).every(({ labels }) => labels['com.docker.compose.slug'] !== slug));
		});

		test('kills at the second Ctrl-C what ignores the first', async () => {
			const [stop, force] = [new AbortController(), new AbortController()];
			const heard = caller();
			const { console } = heard;
			const listening: Heard = {
				...heard,
				console: {
					...console,
					async out(bytes) {
						await console.out(bytes);
						stop.abort();
						force.abort();
					},
				},
			};
			const script = 'trap "" INT; echo ready; while :; do sleep 0.05; done';
			const status = await run(['sh', '-c', script], listening, { signal: stop.signal, forceSignal: force.signal });
			assert.equal(status, 137);
		});

		test('tells the id of a container that it leaves alone', async () => {
			let id = '';
			const onDetached = async (told: string): Promise<void> => {
				id = told;
			};
			assert.equal(await run(['sleep', '600'], caller(), { detach: true, onDetached }), 0);
			assert.match(id, /^[0-9a-f]{64}$/);
			assert.equal((await engine.inspectContainer(id)).state.running, true);
		});
	});

	describe('exec', () => {
		before(async () => {
			await run([], caller(), { detach: true, service: { ...shell, command: ['sleep', '600'] } });
		});

		const exec = (command: readonly string[], heard: Heard, changes: Partial<ExecRequest> = {}): Promise<number> =>
			execInService(
				engine,
				{
					projectName,
					service: 'shell',
					command,
					tty: false,
					input: true,
					detach: false,
					environment: [],
					privileged: false,
					signal: new AbortController().signal,
					onDetach: () => undefined,
					...changes,
				},
				heard.console,
			);

		test('gives the exit status and keeps the two outputs apart', async () => {
			const heard = caller();
			assert.equal(await exec(['sh', '-c', 'echo to out; echo to err >&2; exit 9'], heard), 9);
			assert.deepEqual([heard.out(), heard.err()], ['to out\n', 'to err\n']);
		});

		test('passes 50 MB of input to its end and takes the answer', async () => {
			const heard = caller(megabytes(50));
			assert.equal(await exec(['wc', '-c'], heard), 0);
			assert.equal(heard.out().trim(), String(50 * 1024 * 1024));
		});

		test('sets user, folder and environment', async () => {
			const heard = caller();
			await exec(['sh', '-c', 'echo $(id -u) $PWD $A'], heard, {
				user: '12',
				workingDir: '/tmp',
				environment: ['A=b'],
			});
			assert.equal(heard.out(), '12 /tmp b\n');
		});

		test('ends as a shell does where the command is missing or no program', async () => {
			assert.equal(await exec(['no-such-command'], caller()), 127);
			assert.equal(await exec(['/etc/hostname'], caller()), 126);
		});

		test('says so when a detached command is missing', async () => {
			await assert.rejects(exec(['no-such-command'], caller(), { detach: true }), {
				code: 'COMMAND_NOT_FOUND',
				message: 'the container has no command `no-such-command`',
			});
		});

		test('a variable without a value is taken away', async () => {
			const heard = caller();
			await exec(['sh', '-c', 'echo "${KEPT-gone}"'], heard, { environment: ['KEPT'] });
			assert.equal(heard.out(), 'gone\n');
		});

		test('leaves a detached command to itself', async () => {
			assert.equal(await exec(['sh', '-c', 'exit 3'], caller(), { detach: true }), 0);
		});

		test('refuses a service that does not run, and a number that it has not', async () => {
			await assert.rejects(exec(['true'], caller(), { service: 'nobody' }), { code: 'SERVICE_NOT_RUNNING' });
			await assert.rejects(exec(['true'], caller(), { index: 9 }), {
				code: 'SERVICE_NOT_RUNNING',
				message: /number 9/,
			});
		});
	});
});
