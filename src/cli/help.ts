import { displayWidth, padToWidth } from '../render/display-width.ts';
import { wrapText } from '../render/wrap-text.ts';
import type { Command, Flag, Flags } from './command.ts';
import { composeFlags, inheritedFlags, rootFlags } from './global-flags.ts';

/** The help of one command: what it does, examples, the commands below it, then flags. */
export function formatCommandHelp(command: Command, columns: number, below: readonly Command[] = []): string {
	const flags = {
		...command.flags,
		...(command.name.startsWith('compose ') ? inheritedFlags : { help: inheritedFlags.help }),
	};
	return joinParts([
		wrapText(command.summary, columns),
		`Usage: ${command.usage}`,
		section('Examples', exampleRows(command), columns),
		section('Commands', below.map(commandRow), columns),
		section('Options', flagRows(flags), columns),
	]);
}

/** The help of `labc` (group ``) or `labc compose`: its commands and the flags that stand before them. */
export function formatGroupHelp(group: string, commands: readonly Command[], columns: number): string {
	const { title, usage, examples, flags, more } = groupTexts[group === 'compose' ? 'compose' : 'root'];
	return joinParts([
		wrapText(title, columns),
		`Usage: ${usage}`,
		section('Examples', examples, columns),
		section('Commands', [...more, ...commands.map(commandRow)], columns),
		section('Options', flagRows(flags), columns),
	]);
}

const commandRow = ({ name, summary }: Command): Row => [name.slice(name.lastIndexOf(' ') + 1), summary];

type Row = readonly [term: string, meaning: string];

interface GroupText {
	readonly title: string;
	readonly usage: string;
	readonly examples: readonly Row[];
	readonly flags: Flags;
	/** Commands that are groups. */
	readonly more: readonly Row[];
}

const groupTexts: Readonly<Record<'root' | 'compose', GroupText>> = {
	root: {
		title: 'labc, the Compose tool for machine-learning labs',
		usage: 'labc [OPTIONS] COMMAND',
		examples: [
			['labc compose up -d --wait', 'Start the lab of this folder and wait until it is ready'],
			['labc compose ps', 'See what runs and where to open it'],
		],
		flags: rootFlags,
		more: [['compose', 'Bring up and look after what a compose file declares']],
	},
	compose: {
		title: 'Bring up and look after what a compose file declares',
		usage: 'labc compose [OPTIONS] COMMAND',
		examples: [
			['labc compose up -d --wait', 'Start everything and wait until it is ready'],
			['labc compose -f compose.yml -f compose.gpu.yml up -d', 'Merge two files'],
		],
		flags: composeFlags,
		more: [],
	},
};

const exampleRows = ({ examples }: Command): readonly Row[] => examples.map(({ line, summary }) => [line, summary]);

const flagRows = (flags: Flags): readonly Row[] =>
	Object.entries(flags)
		.filter(([, flag]) => flag.hidden !== true)
		.map(([name, flag]) => [flagTerm(name, flag), flag.summary]);

function flagTerm(name: string, { short, type, value, valueIsOptional }: Flag): string {
	const shown = value ?? (type === 'integer' ? 'N' : 'VALUE');
	const word = type === 'boolean' ? '' : valueIsOptional ? `[=${shown}]` : ` ${shown}`;
	return `${short === undefined ? '    ' : `-${short}, `}--${name}${word}`;
}

/** Terms and meanings in two columns; where that leaves too little room, the meaning stands below its term. */
function section(title: string, rows: readonly Row[], columns: number): string | undefined {
	if (rows.length === 0) return undefined;
	const termWidth = Math.max(...rows.map(([term]) => displayWidth(term)));
	const start = indentWidth + termWidth + 2;
	const beside = columns - start >= narrowestMeaning;
	const lines = rows.map(([term, meaning]) =>
		beside
			? `  ${padToWidth(term, termWidth)}  ${wrapText(meaning, columns, start)}`
			: `  ${term}\n${' '.repeat(belowIndent)}${wrapText(meaning, columns, belowIndent)}`,
	);
	return `${title}:\n${lines.join('\n')}`;
}

const indentWidth = 2;
const belowIndent = 8;
const narrowestMeaning = 26;

const joinParts = (parts: readonly (string | undefined)[]): string =>
	`${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
