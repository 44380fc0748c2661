import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createColours } from '../render/colours.ts';
import { type IdleTimes, updateIdleTimes } from '../use-cases/idle-times.ts';
import { listGpus } from '../use-cases/list-gpus.ts';
import type { CommandContext } from './command.ts';
import { busyBytes, lookAtGpus, queueFor } from './gpu-tools.ts';
import { formatTopScreen, type GpuPicture } from './gpu-top-output.ts';
import { keepLooking, type Seen } from './keep-looking.ts';
import { isInForeground, readKeys } from './key-reader.ts';
import { openLiveScreen } from './live-screen.ts';
import { onProcessEnd, rawTerminalHost } from './raw-terminal-host.ts';

/** One look; `before` says what was idle at the one before. */
export async function lookAtTop(context: CommandContext, before: IdleTimes): Promise<GpuPicture | 'none' | 'unknown'> {
	const queue = () => queueFor(context);
	const tools = { look: () => lookAtGpus(context), busyBytes: busyBytes(context.env), queue };
	const gpus = await listGpus(await context.engine(), tools);
	if (typeof gpus === 'string') return gpus;
	const now = context.now() / 1000;
	return { gpus, idle: updateIdleTimes(before, gpus, now), now };
}

/** Looks again and again until the user has enough; a change of the terminal's size draws what was seen last. */
export async function showTopLive(context: CommandContext, first: GpuPicture): Promise<void> {
	const { terminal } = context;
	const left = new AbortController();
	const over = AbortSignal.any([context.signal, terminal.outClosed, left.signal]);
	const colours = createColours(terminal.colour.out);
	const screen = await openLiveScreen({
		write: (text) => terminal.out(text),
		writeAtOnce: (text) => writeSync(1, text),
		onEnd: onProcessEnd,
	});
	const endKeys = onKeyQ(terminal, () => left.abort());
	// The screen is one table's, and a look that nobody waits for any more ends.
	const silent: CommandContext = { ...context, emit: () => undefined, signal: over };
	let seen: Seen<GpuPicture> = { last: first };
	const draw = () => {
		const { last, lack } = seen;
		const lacking = lack === undefined ? {} : { lack: { why: lack, seconds: context.now() / 1000 - last.now } };
		return screen.draw(formatTopScreen(last, { ...terminal.size(), colours, ...lacking }));
	};
	try {
		terminal.onResize(draw, over);
		const look = (last: GpuPicture) => lookAgain(silent, last);
		const show = (now: Seen<GpuPicture>) => {
			seen = now;
			return draw();
		};
		await keepLooking(first, { look, show, pause, over });
	} finally {
		endKeys?.();
		await screen.close();
	}
}

/** Undefined where no key can be read: the input is no terminal, or is somebody else's now. */
function onKeyQ({ stdin, inIsTerminal }: CommandContext['terminal'], leave: () => void): (() => void) | undefined {
	if (!inIsTerminal || !isInForeground()) return undefined;
	return readKeys(rawTerminalHost(stdin), stdin, (key) => {
		if (key === 'q') leave();
	});
}

/** GPUs that are gone are not shown any more. */
async function lookAgain(context: CommandContext, last: GpuPicture): Promise<GpuPicture> {
	const next = await lookAtTop(context, last.idle);
	return typeof next === 'string' ? { gpus: [], idle: new Map(), now: context.now() / 1000 } : next;
}

const pauseMs = 2000;

const pause = (over: AbortSignal): Promise<void> => delay(pauseMs, undefined, { signal: over }).catch(() => undefined);
