import type { Rule } from './rules.ts';

/** What is to be done to a service beside copying: the host's paths that led to it; nothing where there are none. */
export interface Actions {
	readonly rebuild: readonly string[];
	readonly restart: readonly string[];
	/** By the rule whose command is to be run, in the order of the file. */
	readonly execs: ReadonlyMap<Rule, readonly string[]>;
}

/** `causesOf` gives those changed paths that a rule is about. */
export function actionsOf(matched: readonly Rule[], causesOf: (rule: Rule) => readonly string[]): Actions {
	const causesWith = (...actions: readonly Rule['declared']['action'][]): readonly string[] =>
		union(matched.flatMap((rule) => (actions.includes(rule.declared.action) ? causesOf(rule) : [])));
	const execs = matched.filter(({ declared }) => declared.action === 'sync+exec');
	return {
		rebuild: causesWith('rebuild'),
		restart: causesWith('restart', 'sync+restart'),
		execs: new Map(execs.map((rule) => [rule, causesOf(rule)])),
	};
}

/** What came while something else was done is done together, each thing once. */
export function mergeActions(first: Actions | undefined, then: Actions): Actions {
	if (first === undefined) return then;
	const rules = [...new Set([...first.execs.keys(), ...then.execs.keys()])].sort((a, b) => a.index - b.index);
	return {
		rebuild: union([...first.rebuild, ...then.rebuild]),
		restart: union([...first.restart, ...then.restart]),
		execs: new Map(
			rules.map((rule) => [rule, union([...(first.execs.get(rule) ?? []), ...(then.execs.get(rule) ?? [])])]),
		),
	};
}

const union = (all: readonly string[]): readonly string[] => [...new Set(all)];

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
