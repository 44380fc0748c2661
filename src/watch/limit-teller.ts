import type { Emit } from '../events/event.ts';
import type { WatchLimit } from './watch-limit.ts';

/** Tells each thing once, however many trees are watched and however often the project is read again. */
export interface LimitTeller {
	/** A tree can't be watched as a whole, and is looked at from time to time. */
	reached(tree: object, limit: WatchLimit): void;
	/** It is watched as a whole again. */
	passed(tree: object): void;
	/** Nobody watches it any more. */
	left(tree: object): void;
	/** Tells that all is watched again, where it is and that was not told. */
	check(): void;
}

export function newLimitTeller(emit: Emit, limitIs: (limit: WatchLimit) => number | undefined): LimitTeller {
	const lookedAt = new Set<object>();
	const told = new Set<WatchLimit>();
	let isPassTold = false;
	const check = (): void => {
		if (lookedAt.size > 0 || told.size === 0 || isPassTold) return;
		isPassTold = true;
		emit({ type: 'watch.unlimited' });
	};
	return {
		reached(tree, limit) {
			lookedAt.add(tree);
			if (!told.has(limit)) emit({ type: 'warning', ...limitTexts(limit, limitIs(limit)) });
			told.add(limit);
		},
		passed(tree) {
			if (lookedAt.delete(tree)) check();
		},
		left: (tree) => void lookedAt.delete(tree),
		check,
	};
}

/** What each limit is of, who else can make room, and to what it is raised at least. */
const limits: Readonly<Record<WatchLimit, { readonly of: string; readonly room: string; readonly least: number }>> = {
	max_user_watches: { of: 'watched folders', room: 'somebody else watches less', least: 524_288 },
	max_user_instances: { of: 'programs that watch folders', room: 'one of them ends', least: 1024 },
};

function limitTexts(limit: WatchLimit, value: number | undefined) {
	const { of, room, least } = limits[limit];
	const setting = `fs.inotify.${limit}`;
	const now = value === undefined ? setting : `${setting}=${value}`;
	const command = `sudo sysctl ${setting}=${Math.max(least, 2 * (value ?? 0))}`;
	return {
		message: `the system's limit of ${of} is reached (${now}): until it is raised, or ${room}, changes are looked for every half second`,
		hint: `Run \`${command}\`: labc notices it by itself. To keep it, put the setting into a file in /etc/sysctl.d.`,
	};
}
