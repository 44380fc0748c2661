import { homedir } from 'node:os';
import { createBuilder } from '../../src/build/buildx-builder.ts';
import { locateEngine } from '../../src/engine/docker/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { RunTools } from '../../src/use-cases/run-tools.ts';
import { lineOf, type Told, writes } from './run-tools.ts';
import { connectTestEngine } from './test-engine.ts';
import { unlocked } from './unlocked.ts';

export interface EngineBench extends RunTools {
	readonly told: readonly Told[];
	lines(): readonly string[];
	/** The calls that change the engine, since the last time they were asked for. */
	takeWrites(): readonly string[];
}

/** All that a use-case works with, over the engine that the environment names. */
export async function engineBench(): Promise<EngineBench> {
	const calls: string[] = [];
	const told: Told[] = [];
	const engine = noting(await connectTestEngine(), calls);
	const never = new AbortController().signal;
	return {
		engine,
		told,
		async builder() {
			const request = { env: process.env, homeDir: homedir() };
			return createBuilder({ ...request, engineAddress: locateEngine(request).address, variables: new Map() });
		},
		emit: (event) => told.push(event),
		commandLine: 'labc compose up',
		programs: () => Promise.reject(new Error('no program is run here')),
		contents: {
			fileExists: async () => true,
			registryLogins: async () => '{}',
			variables: () => new Map(),
			now: Date.now,
		},
		signal: never,
		forceSignal: never,
		parallel: undefined,
		withLock: unlocked,
		confirm: async () => false,
		lines: () => told.flatMap(lineOf),
		takeWrites: () => calls.splice(0).filter((call) => writes.test(call)),
	};
}

function noting(engine: Engine, calls: string[]): Engine {
	return new Proxy(engine, {
		get(target, name, receiver) {
			const member: unknown = Reflect.get(target, name, receiver);
			if (typeof member !== 'function') return member;
			return (...args: readonly unknown[]) => {
				calls.push(String(name));
				return Reflect.apply(member, target, args) as unknown;
			};
		},
	});
}
