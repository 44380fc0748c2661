import { didYouMean } from '../errors/did-you-mean.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Command } from './command.ts';
import { type Composition, createComposition } from './context.ts';
import { type ComposeValues, composeFlags, inheritedFlags, type RootValues, rootFlags } from './global-flags.ts';
import { parseArgv } from './parse-argv.ts';
import { commandNames, registry } from './registry.ts';

/** Carries out one command line and returns the exit status. Never throws: what goes wrong is told to the user. */
export async function run(argv: readonly string[]): Promise<number> {
	const composition = createComposition(argv);
	try {
		return await composition.finish(await dispatch(argv, composition));
	} catch (error) {
		return composition.fail(error);
	}
}

async function dispatch(argv: readonly string[], composition: Composition): Promise<number> {
	const root = parseArgv(argv, rootFlags, { commandName: 'labc', flagsEndAtFirstArgument: true });
	const [word, ...rest] = root.args;
	if (root.values.version) return runCommand('version', { argv: [], root: root.values }, composition);
	if (root.values.help || word === undefined || word === 'help') return showHelp(rest, composition);
	if (word === 'compose') return dispatchCompose(rest, root.values, composition);
	const below = `${word} ${rest[0] ?? ''}`;
	if (Object.hasOwn(registry, below)) {
		return runCommand(below, { argv: rest.slice(1), root: root.values }, composition);
	}
	if (Object.hasOwn(registry, word)) return runCommand(word, { argv: rest, root: root.values }, composition);
	throw unknownCommand('labc', word, ['compose', ...commandNames('')]);
}

async function dispatchCompose(argv: readonly string[], root: RootValues, composition: Composition): Promise<number> {
	const options = { commandName: 'labc compose', flagsEndAtFirstArgument: true };
	const compose = parseArgv(argv, composeFlags, options);
	const [word, ...rest] = compose.args;
	const line = { argv: rest, root, compose: compose.values };
	composition.useOutput(compose.values);
	if (compose.values.version) return runCommand('compose version', { ...line, argv: [] }, composition);
	if (compose.values.help || word === undefined || word === 'help') return showHelp(['compose', ...rest], composition);
	const name = `compose ${word}`;
	if (Object.hasOwn(registry, name)) return runCommand(name, line, composition);
	throw unknownCommand('labc compose', word, commandNames('compose'));
}

interface CommandLine {
	readonly argv: readonly string[];
	readonly root: RootValues;
	/** Absent outside of `labc compose`. */
	readonly compose?: ComposeValues;
}

async function runCommand(name: string, line: CommandLine, composition: Composition): Promise<number> {
	const command = await loadCommand(name);
	const { values, args } = parseArgv(
		line.argv,
		{ ...command.flags, ...inheritedFlags },
		{
			commandName: `labc ${name}`,
			flagsEndAtFirstArgument: command.flagsEndAtFirstArgument,
			takesNoArguments: command.takesNoArguments,
			flagsBefore: line.compose === undefined ? rootFlags : composeFlags,
		},
	);
	if (values.help) return showHelp(name.split(' '), composition);
	const compose = line.compose ?? emptyComposeValues;
	const context = await composition.contextFor({
		root: line.root,
		compose: {
			...compose,
			'dry-run': values['dry-run'] ?? compose['dry-run'],
			'no-wait': values['no-wait'] ?? compose['no-wait'],
			'break-lock': values['break-lock'] ?? compose['break-lock'],
		},
		standalone: command.standalone ?? false,
	});
	return command.run(context, values, args);
}

const emptyComposeValues = parseArgv([], composeFlags, { commandName: 'labc' }).values;

async function loadCommand(name: string): Promise<Command> {
	const load = registry[name];
	if (load === undefined) throw new Error(`no command \`${name}\` in the registry`);
	return (await load()).command;
}

/** Help is a result: it goes to standard output. Its text is loaded only when it is asked for. */
async function showHelp(words: readonly string[], composition: Composition): Promise<number> {
	const { formatCommandHelp, formatGroupHelp } = await import('./help.ts');
	const { columns } = composition.terminal.size();
	const name = words.join(' ');
	if (name === '' || name === 'compose') {
		await composition.terminal.out(formatGroupHelp(name, await commandsBelow(name), columns));
	} else {
		if (!Object.hasOwn(registry, name)) throw unknownCommand('labc', name, Object.keys(registry));
		await composition.terminal.out(formatCommandHelp(await loadCommand(name), columns, await commandsBelow(name)));
	}
	return 0;
}

const commandsBelow = (group: string): Promise<readonly Command[]> =>
	Promise.all(commandNames(group).map((word) => loadCommand(group === '' ? word : `${group} ${word}`)));

function unknownCommand(parent: string, word: string, known: readonly string[]): LabcError {
	const belowCompose = parent === 'labc' && commandNames('compose').includes(word);
	const nearest = belowCompose ? `compose ${word}` : didYouMean(word, known);
	return new LabcError('USAGE_INVALID', `unknown command: \`${parent} ${word}\``, {
		hint:
			nearest === undefined
				? `Run \`${parent} --help\` to see the commands.`
				: `Did you mean \`${parent} ${nearest}\`?`,
	});
}
