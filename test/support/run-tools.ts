import { setImmediate } from 'node:timers/promises';
import type { Builder, BuildOptions, BuildTarget } from '../../src/build/builder.ts';
import type { Emit } from '../../src/events/event.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Programs } from '../../src/programs/programs.ts';
import type { RunTools } from '../../src/use-cases/run-tools.ts';
import { createInMemoryEngine, type InMemoryEngine, type WorldOptions } from './in-memory-engine.ts';
import { unlocked } from './unlocked.ts';

export type Told = Parameters<Emit>[0];

/** Calls that change the engine. */
export const writes = /^(create|start|stop|restart|kill|pause|unpause|rename|remove|connect|disconnect|pull|push|tag)/;

export interface Bench extends RunTools {
	readonly engine: InMemoryEngine;
	readonly told: readonly Told[];
	readonly built: readonly { readonly targets: readonly BuildTarget[]; readonly options: BuildOptions }[];
	readonly questions: readonly string[];
	/** Names of the locks that were taken, in order. */
	readonly locks: readonly string[];
	/** With `dryRun`: what was shown. */
	readonly shown: readonly Plan[];
	readonly interrupt: AbortController;
	readonly force: AbortController;
	/** The calls that change the engine, since the last time they were asked for. */
	takeWrites(): readonly string[];
	/** What the events say, a line each: `Container lab-web-1 Started`. */
	lines(): readonly string[];
	/** Name → state of every container there is. */
	states(): Readonly<Record<string, string>>;
}

const noPrograms: Programs = {
	provide: () => Promise.reject(new Error('no provider is run here')),
	prepareModels: () => Promise.reject(new Error('no model is prepared here')),
};

export interface BenchOptions extends WorldOptions {
	/** What every question is answered with. */
	readonly answer?: boolean;
	/** Providers and models; none by default. */
	readonly programs?: Programs;
	/** The environment and `.env`. */
	readonly variables?: Readonly<Record<string, string>>;
	readonly dryRun?: boolean;
	/** Images that a build leaves behind are there afterwards; this fails it instead. */
	readonly buildError?: Error;
}

/** All that a use-case works with, over an engine in memory. */
export function bench(options: BenchOptions = {}): Bench {
	const engine = createInMemoryEngine(options);
	const told: Told[] = [];
	const built: { targets: readonly BuildTarget[]; options: BuildOptions }[] = [];
	const questions: string[] = [];
	const locks: string[] = [];
	const shown: Plan[] = [];
	const interrupt = new AbortController();
	const force = new AbortController();
	const builder: Builder = {
		async build(targets, given) {
			built.push({ targets, options: given });
			if (options.buildError !== undefined) throw options.buildError;
			for (const { image, labels } of targets) {
				const id = `sha256:${engine.world.newId()}`;
				engine.world.images.set(`${image}:latest`, { id, labels, volumes: [], config: {} });
			}
		},
	};
	let seen = 0;
	return {
		engine,
		told,
		built,
		questions,
		shown,
		show: options.dryRun ? async (plan) => void shown.push(plan) : undefined,
		interrupt,
		force,
		builder: async () => builder,
		programs: async () => options.programs ?? noPrograms,
		contents: {
			fileExists: async () => true,
			registryLogins: async () => '{}',
			variables: () => new Map(Object.entries(options.variables ?? {})),
			now: () => 0,
		},
		emit: (event) => told.push(event),
		commandLine: 'labc compose up',
		signal: interrupt.signal,
		forceSignal: force.signal,
		parallel: undefined,
		locks,
		withLock(name, work) {
			locks.push(name);
			return unlocked(name, work);
		},
		async confirm(question) {
			questions.push(question);
			return options.answer ?? false;
		},
		takeWrites() {
			const calls = engine.calls.slice(seen).filter((call) => writes.test(call));
			seen = engine.calls.length;
			return calls;
		},
		lines: () => told.flatMap(lineOf),
		states: () =>
			Object.fromEntries([...engine.world.containers.values()].map(({ name, state }) => [name, state]).sort()),
	};
}

/** An event in few words; none for progress. */
export function lineOf(event: Told): readonly string[] {
	if (event.type === 'warning') return [`warning ${event.message}`];
	if (event.type === 'run.done') return [`done ${event.changed} changed ${event.failed} failed`];
	if (!('step' in event)) return [];
	const { resource, doing, done } = event.step;
	const word = event.type === 'step.started' ? doing : event.type === 'step.done' ? done : event.type;
	return event.type === 'step.progress' ? [] : [`${resource.kind} ${resource.name} ${word}`];
}

/** Resolves when `condition` holds; the test's own time limit ends a wait that is in vain. */
export async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await setImmediate();
}
