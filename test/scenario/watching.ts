import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { cleanEnvironment, docker, execute, labcPath, type Scenario } from './scenario.ts';

/** A `watch` that goes on until it is ended. */
export interface Watching extends AsyncDisposable {
	said(): string;
	/** Resolves when it has said that, from the beginning or from `start` on. */
	says(pattern: RegExp, start?: number): Promise<void>;
	/** Ends it as Ctrl-C does; gives its exit status. */
	end(): Promise<number | null>;
	/** Of the process. */
	readonly pid: number;
}

interface WatchingOptions {
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	/** A program, and what it is given before labc, that labc runs under. */
	readonly under?: readonly string[];
	/** Instead of `plain`. */
	readonly progress?: string;
	/** What it says when nothing is missed any more. */
	readonly ready?: RegExp;
}

/** Resolves when nothing that changes is missed any more. */
export async function watching(lab: Scenario, options: WatchingOptions = {}): Promise<Watching> {
	const { args = ['watch'], env = {}, under = [], progress = 'plain', ready = /Watch enabled/ } = options;
	let said = '';
	const [program = labcPath, ...words] = [...under, labcPath, 'compose', '--progress', progress, ...args];
	const child: ChildProcess = spawn(program, words, {
		cwd: lab.folder,
		env: { ...cleanEnvironment(), ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
	let isOver = false;
	const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
	void ended.then(() => {
		isOver = true;
	});
	const end = (): Promise<number | null> => {
		child.kill('SIGINT');
		return ended;
	};
	const says = (pattern: RegExp, start = 0): Promise<void> =>
		until(
			() => {
				if (pattern.test(said.slice(start))) return true;
				assert.ok(!isOver, `it ended without ${pattern}: ${said}`);
				return false;
			},
			() => `${pattern} in: ${said}`,
		);
	try {
		await says(ready);
	} catch (error) {
		await end();
		throw error;
	}
	return {
		said: () => said,
		says,
		end,
		pid: child.pid ?? Number.NaN,
		[Symbol.asyncDispose]: async () => void (await end()),
	};
}

/** Asks until it is so; a minute at most. */
export async function until(isSo: () => boolean | Promise<boolean>, said: () => string): Promise<void> {
	const end = performance.now() + 60_000;
	while (performance.now() < end) {
		if (await isSo()) return;
		await delay(200);
	}
	assert.fail(`nothing came: ${said()}`);
}

/** What a shell says in the first running container of a service, once it says what is wanted. */
export async function untilSays(
	lab: Scenario,
	{ service, line, wanted }: { readonly service: string; readonly line: string; readonly wanted: string | RegExp },
	said: () => string = () => '',
): Promise<void> {
	let last = '';
	await until(
		async () => {
			const id = await containerOf(lab, service);
			if (id === undefined) return false;
			const { stdout, stderr } = await execute('docker', ['exec', id, 'sh', '-c', line]);
			last = `${stdout}${stderr}`.trim();
			return typeof wanted === 'string' ? last === wanted : wanted.test(last);
		},
		() => `${service} says ${JSON.stringify(last)} to: ${line}\n${said()}`,
	);
}

/** The first container of a service that runs. */
export async function containerOf({ project }: Scenario, service: string): Promise<string | undefined> {
	const labels = [`project=${project}`, `service=${service}`].flatMap((label) => [
		'--filter',
		`label=com.docker.compose.${label}`,
	]);
	const [id = ''] = (await docker('ps', '-q', '--no-trunc', ...labels)).split('\n');
	return id === '' ? undefined : id;
}
