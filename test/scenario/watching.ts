import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { cleanEnvironment, labcPath, type Scenario } from './scenario.ts';

/** A `watch` that goes on until it is ended. */
export interface Watching extends AsyncDisposable {
	said(): string;
	/** Ends it as Ctrl-C does; gives its exit status. */
	end(): Promise<number | null>;
}

interface WatchingOptions {
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
}

/** Resolves when nothing that changes is missed any more. */
export async function watching(lab: Scenario, { args = [], env = {} }: WatchingOptions = {}): Promise<Watching> {
	let said = '';
	const child: ChildProcess = spawn(labcPath, ['compose', '--progress', 'plain', 'watch', ...args], {
		cwd: lab.folder,
		env: { ...cleanEnvironment(), ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
	const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
	const end = (): Promise<number | null> => {
		child.kill('SIGINT');
		return ended;
	};
	try {
		await until(
			() => said.includes('Watch enabled'),
			() => said,
		);
	} catch (error) {
		await end();
		throw error;
	}
	return { said: () => said, end, [Symbol.asyncDispose]: async () => void (await end()) };
}

/** Asks until it is so; half a minute at most. */
export async function until(isSo: () => boolean | Promise<boolean>, said: () => string): Promise<void> {
	for (let tries = 0; tries < 300; tries += 1) {
		if (await isSo()) return;
		await delay(100);
	}
	assert.fail(`nothing came: ${said()}`);
}
