import type { Engine } from '../../../../src/engine/engine.ts';
import type { Emit } from '../../../../src/events/event.ts';
import type { StepRun } from '../../../../src/execute/step-run.ts';

type Told = Parameters<Emit>[0];

/** A run over an engine of which only the scripted methods exist: any other call fails the test. */
export function stepRun(engine: Partial<Engine>, over: Partial<StepRun> = {}) {
	const told: Told[] = [];
	const progress: string[] = [];
	const run: StepRun = {
		engine: engine as Engine,
		project: undefined,
		builds: undefined,
		projectName: 'lab',
		programs: () => Promise.reject(new Error('no program is run here')),
		provisions: { providers: new Map() },
		contents: {
			fileExists: async () => true,
			registryLogins: async () => '{}',
			variables: () => new Map(),
			now: () => 0,
		},
		watch: { onChange: async () => undefined, close: () => undefined },
		results: new Map(),
		emit: (event) => told.push(event),
		signal: new AbortController().signal,
		waitTimeoutSeconds: undefined,
		keepsWhatIsInUse: false,
		ignoresImageFailures: false,
		progress: (text, fraction) => progress.push(`${text} ${fraction ?? ''}`.trim()),
		...over,
	};
	return { run, told, progress };
}

/** Answers one call after the other; an error is thrown. The last answer is given again and again. */
export function answers<T>(...script: readonly (T | Error)[]): { readonly next: () => Promise<T>; count(): number } {
	let calls = 0;
	return {
		async next() {
			const answer = script[Math.min(calls, script.length - 1)];
			calls += 1;
			if (answer instanceof Error) throw answer;
			return answer as T;
		},
		count: () => calls,
	};
}
