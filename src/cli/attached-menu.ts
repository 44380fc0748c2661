import { LabcError } from '../errors/labc-error.ts';
import { type Colours, createColours } from '../render/colours.ts';
import type { AttachOptions } from '../use-cases/attach-up.ts';
import type { CommandContext } from './command.ts';
import { isInForeground, readKeys } from './key-reader.ts';
import { type MenuKey, runMenu, type Switchable } from './menu.ts';
import type { UpValues } from './up-flags.ts';
import { isOn } from './up-options.ts';

type Beside = NonNullable<AttachOptions['beside']>;

/**
 * Whether an attached `up` has a menu of keys: as docker compose's, where a person sits at a terminal, unless `--menu`
 * or `COMPOSE_MENU` says no. Without escapes no line can stay below the others.
 */
export function hasMenu(
	{ env, terminal }: Pick<CommandContext, 'env' | 'terminal'>,
	{ menu }: Pick<UpValues, 'menu'>,
	isOurs: () => boolean = isInForeground,
): boolean {
	const setting = env['COMPOSE_MENU'];
	if (!(menu ?? (setting === undefined || setting === '' || isOn(setting)))) return false;
	const isTerminal = terminal.inIsTerminal && terminal.outIsTerminal && terminal.errIsTerminal;
	return isTerminal && terminal.colour.out && isOurs();
}

/** The menu, drawn below the output. */
export const menuBeside =
	({ terminal, emit }: CommandContext, watch: Switchable | undefined, startsWatching: boolean): Beside =>
	async (tools, session) => {
		const { rawTerminalHost } = await import('./raw-terminal-host.ts');
		const { bold } = createColours(terminal.colour.out);
		let shown: readonly MenuKey[] | undefined;
		const draw = (): Promise<void> => {
			const line = shown && footerOf(shown, { bold, columns: terminal.size().columns });
			return terminal.setFooter(line).catch(() => undefined); // the output itself tells that it can't be written
		};
		terminal.onResize(() => void draw(), tools.signal);
		await runMenu(tools, session, {
			watch,
			startsWatching,
			show(keys) {
				shown = keys;
				return draw();
			},
			readKeys: (onKey) => readKeys(rawTerminalHost(terminal.stdin), terminal.stdin, onKey),
			newLine: () => void terminal.out('\n'),
			onError: (error) => emit(notWatching(error)),
		});
	};

function notWatching(error: unknown): Parameters<CommandContext['emit']>[0] {
	const message = `nothing is watched: ${error instanceof Error ? error.message : String(error)}`;
	return { type: 'warning', message, ...(error instanceof LabcError && { hint: error.hint }) };
}

const gap = '   ';

/** As many keys as fit into one line: a longer one would not be cleared again. */
function footerOf(
	keys: readonly MenuKey[],
	{ bold, columns }: { readonly bold: Colours['bold']; readonly columns: number },
): string {
	let room = columns;
	const fitting = keys.filter(({ key, text }) => {
		room -= key.length + 1 + text.length + gap.length;
		return room >= 0;
	});
	return fitting.map(({ key, text }) => `${bold(key)} ${text}`).join(gap);
}

/** Watching from the beginning to the end. */
export const watchingBeside =
	(watch: Switchable): Beside =>
	(tools, session) => {
		const work = watch(tools);
		session.stayUntil(work);
		return work;
	};
