import { writeSync } from 'node:fs';
import { createColours } from '../render/colours.ts';
import { type IdleTimes, updateIdleTimes } from '../use-cases/idle-times.ts';
import { listGpus } from '../use-cases/list-gpus.ts';
import type { CommandContext } from './command.ts';
import { busyBytes, lookAtGpus, queueFor } from './gpu-tools.ts';
import { formatTopScreen, type GpuPicture } from './gpu-top-output.ts';
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
	let picture = first;
	// The screen is one table's.
	const silent: CommandContext = { ...context, emit: () => undefined };
	const draw = () => screen.draw(formatTopScreen(picture, { ...terminal.size(), colours }));
	try {
		terminal.onResize(draw, over);
		while (!over.aborted) {
			await draw();
			await pause(over);
			picture = await lookOnce(silent, picture, over);
		}
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

/** GPUs that are gone are not shown any more; a look that the user breaks off changes nothing. */
async function lookOnce(context: CommandContext, last: GpuPicture, over: AbortSignal): Promise<GpuPicture> {
	if (over.aborted) return last;
	try {
		const next = await lookAtTop(context, last.idle);
		return typeof next === 'string' ? { gpus: [], idle: new Map(), now: context.now() / 1000 } : next;
	} catch (error) {
		if (over.aborted) return last;
		throw error;
	}
}

const pauseMs = 2000;

const pause = (signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve();
		const timer = setTimeout(resolve, pauseMs);
		signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
	});
