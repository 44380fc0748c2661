import { writeSync } from 'node:fs';
import { createColours } from '../../../render/colours.ts';
import { type IdleTimes, updateIdleTimes } from '../../../use-cases/idle-times.ts';
import { listGpus } from '../../../use-cases/list-gpus.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { nothingToList } from '../../gpu-output.ts';
import { busyBytes, lookAtGpus } from '../../gpu-tools.ts';
import { formatTop, formatTopScreen, type GpuPicture, topFields } from '../../gpu-top-output.ts';
import { readListFormat } from '../../listing-format.ts';
import { openLiveScreen } from '../../live-screen.ts';
import { onProcessEnd } from '../../raw-terminal-host.ts';
import { tableRoom } from '../../table-room.ts';

export const command = defineCommand({
	name: 'gpu top',
	summary: 'Watch what the GPUs do and who has them, until Ctrl-C',
	usage: 'labc gpu top [OPTIONS]',
	examples: [
		{ line: 'labc gpu top', summary: 'A picture that changes in place' },
		{ line: 'labc gpu top --no-stream', summary: 'One look, as a table' },
	],
	flags: {
		format: { type: 'string', value: 'FORMAT', summary: 'table (the default) or json, which is one look' },
		'no-stream': { type: 'boolean', summary: 'Look once, as where the output is no terminal' },
		once: { type: 'boolean', summary: 'Same as --no-stream', hidden: true },
	},
	takesNoArguments: true,
	standalone: true,
	async run(context, values) {
		const { terminal, env } = context;
		const format = readListFormat(values.format);
		const first = await lookAgain(context, new Map());
		if (typeof first === 'string') {
			await terminal.err(`${nothingToList[first]}\n`);
			return 0;
		}
		const once = values['no-stream'] ?? values.once ?? false;
		if (format === 'json') {
			const { fields } = topFields(first);
			await terminal.out(first.gpus.map((gpu) => `${JSON.stringify(fields(gpu))}\n`).join(''));
		} else if (once || !terminal.outIsTerminal || env['TERM'] === 'dumb') {
			await terminal.out(formatTop(first, tableRoom(terminal)));
		} else {
			await showLive(context, first);
		}
		return 0;
	},
});

async function lookAgain(context: CommandContext, before: IdleTimes): Promise<GpuPicture | 'none' | 'unknown'> {
	const tools = { look: () => lookAtGpus(context), busyBytes: busyBytes(context.env) };
	const gpus = await listGpus(await context.engine(), tools);
	if (typeof gpus === 'string') return gpus;
	const now = context.now() / 1000;
	return { gpus, idle: updateIdleTimes(before, gpus, now), now };
}

const pauseMs = 2000;

/** Looks again and again; a change of the terminal's size draws what was seen last. */
async function showLive(context: CommandContext, first: GpuPicture): Promise<void> {
	const { terminal } = context;
	const over = AbortSignal.any([context.signal, terminal.outClosed]);
	const colours = createColours(terminal.colour.out);
	const screen = await openLiveScreen({
		write: (text) => terminal.out(text),
		writeAtOnce: (text) => writeSync(1, text),
		onEnd: onProcessEnd,
	});
	let picture = first;
	const draw = () => screen.draw(formatTopScreen(picture, { ...terminal.size(), colours }));
	try {
		terminal.onResize(draw, over);
		while (!over.aborted) {
			await draw();
			await pause(over);
			const next = await lookAgain(context, picture.idle).catch((error) =>
				over.aborted ? picture : Promise.reject(error),
			);
			picture = typeof next === 'string' ? { ...picture, gpus: [], now: context.now() / 1000 } : next;
		}
	} finally {
		await screen.close();
	}
}

const pause = (signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve();
		const timer = setTimeout(resolve, pauseMs);
		signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
	});
