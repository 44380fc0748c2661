import type { Rule } from './rules.ts';

/** What is to be done to a service beside copying. */
export interface Actions {
	readonly rebuild: boolean;
	readonly restart: boolean;
	/** Rules whose command is to be run, in the order of the file. */
	readonly execs: readonly Rule[];
	/** The host's paths that led to it. */
	readonly changed: readonly string[];
}

export const actionsOf = (matched: readonly Rule[], changed: readonly string[]): Actions => ({
	rebuild: matched.some(({ declared }) => declared.action === 'rebuild'),
	restart: matched.some(({ declared }) => declared.action === 'restart' || declared.action === 'sync+restart'),
	execs: matched.filter(({ declared }) => declared.action === 'sync+exec'),
	changed,
});

/** What came while something else was done is done together, each thing once. */
export const mergeActions = (first: Actions | undefined, then: Actions): Actions =>
	first === undefined
		? then
		: {
				rebuild: first.rebuild || then.rebuild,
				restart: first.restart || then.restart,
				execs: [...new Set([...first.execs, ...then.execs])].sort((a, b) => a.index - b.index),
				changed: [...new Set([...first.changed, ...then.changed])],
			};

/** Does a service's actions one after the other; services do not wait for each other. */
export interface ActionQueue {
	/** Resolves when it is done. Its failures are the runner's to tell. */
	add(actions: Actions): Promise<void>;
}

export function newActionQueue(run: (actions: Actions) => Promise<void>): ActionQueue {
	let waiting: Actions | undefined;
	let work: Promise<void> | undefined;
	const workOff = async (): Promise<void> => {
		while (waiting !== undefined) {
			const now = waiting;
			waiting = undefined;
			await run(now);
		}
	};
	return {
		add(actions) {
			waiting = mergeActions(waiting, actions);
			work ??= workOff().finally(() => {
				work = undefined;
			});
			return work;
		},
	};
}
