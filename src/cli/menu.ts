import type { AttachedSession } from '../use-cases/attach-up.ts';
import type { RunTools } from '../use-cases/run-tools.ts';

/** What goes on while it is switched on, until the signal of its tools aborts. */
export type Switchable = (tools: RunTools) => Promise<void>;

export interface MenuKey {
	readonly key: string;
	readonly text: string;
}

export interface MenuParts {
	/** Undefined where there is nothing to watch: no key is shown for it then. */
	readonly watch: Switchable | undefined;
	readonly startsWatching: boolean;
	/** Shows the menu; undefined takes it away. */
	show(keys: readonly MenuKey[] | undefined): Promise<void>;
	/** Calls back for each key; gives what ends that, undefined where there are no keys. */
	readKeys(onKey: (key: string) => void): (() => void) | undefined;
	/** An empty line, as a mark in the output. */
	newLine(): void;
	onError(error: unknown): void;
}

/** The keys of an attached `up`: `w` switches watching on and off, `d` leaves the containers running. */
export async function runMenu(tools: RunTools, session: AttachedSession, parts: MenuParts): Promise<void> {
	let endKeys: (() => void) | undefined;
	/** What ends with all the rest changes nothing any more. */
	const draw = async (): Promise<void> => {
		if (endKeys !== undefined && !tools.signal.aborted) await parts.show(keysOf(parts, watch.isOn()));
	};
	const watch = newSwitch(tools, session, { ...parts, onEnd: draw });
	const onKey = (key: string): void => {
		if (key === 'd') session.leave();
		else if (key === 'w' && parts.watch !== undefined) void watch.toggle().then(draw);
		else if (key === '\n' || key === '\r') parts.newLine();
	};
	endKeys = parts.readKeys(onKey);
	if (parts.startsWatching) void watch.toggle().then(draw);
	await draw();
	try {
		await untilAborted(tools.signal);
	} finally {
		endKeys?.();
		await parts.show(undefined);
		await watch.end();
	}
}

const keysOf = ({ watch }: Pick<MenuParts, 'watch'>, isWatching: boolean): readonly MenuKey[] => [
	...(watch === undefined ? [] : [{ key: 'w', text: isWatching ? 'Disable Watch' : 'Enable Watch' }]),
	{ key: 'd', text: 'Detach' },
];

/** Watching that can be switched on and off. Containers that end are no end while it is on. */
function newSwitch(
	tools: RunTools,
	session: AttachedSession,
	{ watch, onError, onEnd }: Pick<MenuParts, 'watch' | 'onError'> & { onEnd(): void },
) {
	let running: { readonly over: AbortController; readonly work: Promise<void> } | undefined;
	let last: Promise<void> | undefined;
	const end = async (): Promise<void> => {
		const ending = running;
		running = undefined;
		ending?.over.abort();
		await ending?.work;
	};
	return {
		isOn: () => running !== undefined,
		async toggle(): Promise<void> {
			if (running !== undefined) return end();
			if (watch === undefined) return;
			const over = new AbortController();
			const signal = AbortSignal.any([tools.signal, over.signal]);
			const begin = async (): Promise<void> => (signal.aborted ? undefined : watch({ ...tools, signal }));
			// Until the last one has ended it is still the one who watches.
			const work = last === undefined ? begin() : last.then(begin);
			const ended = work
				.catch((error: unknown) => (signal.aborted ? undefined : onError(error)))
				.then(() => {
					if (running?.over !== over) return;
					running = undefined;
					onEnd();
				});
			running = { over, work: ended };
			last = ended;
			session.stayUntil(ended);
		},
		end,
	};
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});
