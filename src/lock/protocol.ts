import type { Liveness } from './judge-owner.ts';

/** One volume of a lock as a process sees it; `own`: it carries the token of this very attempt. */
export interface SeenLock {
	readonly number: number;
	readonly verdict: Liveness | 'own';
}

/** What a process that wants the lock does next. The answer to it is given to the function named in the comment. */
export type Move =
	/** Make volume `number`, which changes nothing where it is there; its labels tell whose it is: `afterCreate`. */
	| { readonly do: 'create'; readonly number: number }
	/** List the lock's volumes; `own` is the one just won: `afterSurvey`. */
	| { readonly do: 'survey'; readonly own: number | undefined }
	/** Remove the own volume, then wait as after `pause`: `afterPause`. */
	| { readonly do: 'withdraw'; readonly own: number; readonly blocker: SeenLock | undefined }
	/** Wait a random while, for `blocker` if one is known: `afterPause`. */
	| { readonly do: 'pause'; readonly blocker: SeenLock | undefined }
	/** The lock is held; `dead` ones are to be swept. */
	| { readonly do: 'hold'; readonly own: number; readonly dead: readonly number[] };

/**
 * The protocol by which processes agree on one holder through nothing but volumes. Nothing is ever removed to get in:
 * a dead owner's volume is passed over. Who has made its volume lists all of them, and holds the lock only if every
 * other owner is provably dead. Of two that both have a volume, the one that lists later sees the other's: so never do
 * two hold it whose volumes are there.
 */
export const firstMove: Move = { do: 'create', number: 1 };

export function afterCreate({ number, verdict }: SeenLock): Move {
	if (verdict === 'own') return { do: 'survey', own: number };
	if (verdict === 'dead') return { do: 'create', number: number + 1 };
	return { do: 'pause', blocker: { number, verdict } };
}

export function afterSurvey(own: number | undefined, locks: readonly SeenLock[]): Move {
	const blocker = locks.find(({ verdict }) => verdict === 'alive' || verdict === 'unknown');
	const found = locks.find(({ verdict }) => verdict === 'own')?.number;
	if (found !== undefined && (found !== own || blocker !== undefined)) return { do: 'withdraw', own: found, blocker };
	if (blocker !== undefined || found !== own) return { do: 'pause', blocker };
	const dead = locks.filter(({ verdict }) => verdict === 'dead').map(({ number }) => number);
	if (found === undefined) return { do: 'create', number: Math.max(0, ...dead) + 1 };
	return { do: 'hold', own: found, dead };
}

export const afterPause = (): Move => ({ do: 'survey', own: undefined });
