import type { ContainerDetails } from '../../../src/engine/container-api.ts';
import type { OutputFrame } from '../../../src/engine/streams.ts';
import type { ContainerEvent } from '../../../src/engine/system-api.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';

type State = ContainerDetails['state'];

const base: ContainerDetails = {
	id: 'w',
	name: 'lab-web-1',
	state: { status: 'running', running: true, exitCode: 0, oomKilled: false, error: '' },
	config: {},
	hostConfig: {},
	endpoints: {},
	tty: false,
	mounts: [],
};

export const running = (over: Partial<State> = {}): State => ({ ...base.state, ...over });
export const exited = (exitCode: number, over: Partial<State> = {}): State => ({
	...base.state,
	status: 'exited',
	running: false,
	exitCode,
	...over,
});
export const details = (state: State): ContainerDetails => ({ ...base, state });

/** Containers whose states and events the test writes: an engine that may also lose an event. */
export function scriptedContainers(states: Readonly<Record<string, State>>) {
	const now = new Map(Object.entries(states));
	const logs = new Map<string, string>();
	const calls: string[] = [];
	let events = eventQueue();
	return {
		calls,
		logs,
		/** Changes a container, and says so unless the event gets lost. */
		change(id: string, state: State | undefined, options: { readonly silently?: true } = {}) {
			if (state === undefined) now.delete(id);
			else now.set(id, state);
			if (options.silently === undefined) events.push({ action: 'die', containerId: id, labels: {}, time: '1' });
		},
		breakEvents: () => events.fail(new Error('the stream broke')),
		engine: {
			async containerEvents(labels: readonly string[], signal: AbortSignal) {
				calls.push(`events ${labels.join(' ')}`);
				events = eventQueue();
				signal.addEventListener('abort', events.end, { once: true });
				return events.stream;
			},
			async inspectContainer(id: string) {
				calls.push(`inspect ${id}`);
				const state = now.get(id);
				if (state === undefined) throw new LabcError('ENGINE_NOT_FOUND', `no such container: ${id}`);
				return { ...details(state), id };
			},
			async containerLogs(id: string) {
				calls.push(`logs ${id}`);
				return frames(logs.get(id) ?? '');
			},
		},
	};
}

async function* frames(text: string): AsyncGenerator<OutputFrame> {
	if (text !== '') yield { stream: 'stdout', bytes: new TextEncoder().encode(text) };
}

function eventQueue() {
	let next = Promise.withResolvers<ContainerEvent | undefined>();
	const queue = [next.promise];
	const push = (event: ContainerEvent | undefined): void => {
		next.resolve(event);
		next = Promise.withResolvers();
		queue.push(next.promise);
	};
	return {
		push,
		end: () => push(undefined),
		fail: (error: Error) => next.reject(error),
		stream: (async function* () {
			for (let event = await queue.shift(); event !== undefined; event = await queue.shift()) yield event;
		})(),
	};
}
