import type { RunTools } from './run-tools.ts';

/**
 * Runs `work` as the only one who changes the project; everybody else's labc waits meanwhile. Observe and plan inside:
 * what was seen before the lock was there may be out of date. Give `work`'s tools, not the outer ones, to what it
 * calls: they look after the lock before something is removed, and may take it again. Nothing is held while a person
 * is asked, while output is followed, in a queue or in a one-off, so all that stays outside.
 *
 * Commands whose plan `applyPlan` makes and carries out have all this from there.
 */
export const withProjectLock = <T>(
	projectName: string,
	tools: RunTools,
	work: (tools: RunTools) => Promise<T>,
): Promise<T> =>
	tools.withLock(projectName, (held) =>
		work({
			...tools,
			beforeRemoval: held.confirm,
			withLock: (name, inner, options) => (name === projectName ? inner(held) : tools.withLock(name, inner, options)),
		}),
	);
