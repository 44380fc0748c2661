import type { Emit } from '../events/event.ts';
import type { RunTools } from './run-tools.ts';

/**
 * While watching, what each change led to is told in a line of its own: steps that are drawn in place would hold back
 * what is told of other services meanwhile.
 */
export const onlyWatchLines =
	(emit: Emit): Emit =>
	(event) => {
		if (event.type.startsWith('step.') || event.type === 'plan.ready' || event.type === 'run.done') return;
		emit(event);
	};

/** Services are changed at the same time; the project's lock is one for all of them, so they wait for each other here. */
export function withOneLock(withLock: RunTools['withLock']): RunTools['withLock'] {
	const inTurn = newTurns();
	return (name, work, options) => inTurn(() => withLock(name, work, options));
}

export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** One does its work after the other. */
export function newTurns(): InTurn {
	let last: Promise<unknown> = Promise.resolve();
	return (work) => {
		const result = last.then(work);
		last = result.catch(() => undefined);
		return result;
	};
}

/** Waits so long, and less where the signal aborts. */
export const pauseUntil =
	(signal: AbortSignal) =>
	(ms: number): Promise<void> =>
		new Promise((resolve) => {
			const end = (): void => {
				clearTimeout(timer);
				signal.removeEventListener('abort', end);
				resolve();
			};
			const timer = setTimeout(end, ms);
			if (signal.aborted) end();
			else signal.addEventListener('abort', end, { once: true });
		});
