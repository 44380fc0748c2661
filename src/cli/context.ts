import { fstatSync, readFileSync, statSync, write, writeSync } from 'node:fs';
import type { ProjectOptions } from '../options/project-options.ts';
import { type Variables, variablesOf } from '../options/variables.ts';
import { createRenderer } from '../render/choose.ts';
import type { RenderTarget } from '../render/render-target.ts';
import type { CommandContext, GlobalValues, NextSteps } from './command.ts';
import { createContext } from './command-context.ts';
import {
	type ComposeValues,
	type Environment,
	type OutputSettings,
	type RootValues,
	resolveGlobals,
	resolveOutput,
} from './global-flags.ts';
import { createInterruption } from './interruption.ts';
import { nextSteps } from './next-steps.ts';
import { createTerminal, type ProcessStreams, type ProcessTerminal } from './process-terminal.ts';
import { createProgress } from './progress.ts';
import type { ReportOptions } from './report-error.ts';
import type { Terminal } from './terminal.ts';

/** All parts of the running program, put together. The only file that reads the process it runs in. */
export interface Composition {
	readonly terminal: Terminal;
	/** Takes the flags that say how to talk to the user, as early as they are known. */
	useOutput(values: Partial<ComposeValues>): void;
	contextFor(line: ContextLine): Promise<CommandContext>;
	/** Ends the output; gives the status back. */
	finish(status: number): Promise<number>;
	/** Tells the user what went wrong; gives the exit status. */
	fail(error: unknown): Promise<number>;
}

interface ContextLine {
	readonly root: RootValues;
	readonly compose: ComposeValues;
	readonly standalone: boolean;
}

export function createComposition(argv: readonly string[]): Composition {
	const env = process.env;
	let output: OutputSettings = { progress: 'auto', ansi: 'auto' };
	const terminal = createTerminal(processStreams, (isTerminal) => mayColour(output, isTerminal, env));
	const interruption = createInterruption((name, listener) => {
		if (name !== 'SIGHUP' || !ignoresHangup()) process.on(name, listener);
	});
	const progress = createProgress(() => createRenderer(output.progress, renderTarget(terminal)), Date.now);
	let steps: NextSteps | undefined;
	const parts = { terminal, interruption, progress, now: Date.now };
	const composition: Composition = {
		terminal,
		useOutput(values) {
			output = resolveOutput(values, env);
		},
		async contextFor({ root, compose, standalone }) {
			const given = nextSteps(argv, { root, compose });
			steps = given;
			progress.address(given.addressed);
			const early = resolveGlobals(root, compose, env);
			const options = projectOptions(early, env);
			const own = { ...parts, nextSteps: given };
			if (standalone) return createContext({ ...own, globals: early, env, variables: variablesOf(env), options });
			const variables = await readVariables(options);
			const warnings: Warning[] = [];
			const settings = await readSettings(env, (warning) => warnings.push(warning));
			const composeEnv = { ...settings, ...composeSettings(variables), ...env };
			const globals = resolveGlobals(root, compose, composeEnv);
			output = resolveOutput(compose, composeEnv);
			for (const warning of warnings) progress.emit({ type: 'warning', ...warning });
			return createContext({ ...own, globals, env: composeEnv, variables, options: projectOptions(globals, env) });
		},
		async finish(status) {
			await progress.flush();
			await terminal.flushed();
			return status;
		},
		async fail(error) {
			await progress.flush().catch(() => undefined);
			const json = output.progress === 'json';
			const report = { json, debug: env['LABC_DEBUG'] === '1', addressed: steps?.addressed, secrets: progress.secrets };
			await tellFailure(error, terminal, report);
			const { exitStatusOf } = await import('./report-error.ts');
			return exitStatusOf(error, interruption.isInterrupted());
		},
	};
	reportCrashes(composition);
	return composition;
}

async function tellFailure(
	error: unknown,
	terminal: ProcessTerminal,
	told: Pick<ReportOptions, 'json' | 'debug' | 'secrets' | 'addressed'>,
): Promise<void> {
	const { formatReport } = await import('./report-error.ts');
	const columns = terminal.errIsTerminal ? terminal.size().columns : undefined;
	const report = formatReport(error, { ...told, colour: terminal.colour.err, columns, cwd: process.cwd() });
	await terminal.err(report).catch(() => undefined);
	await terminal.flushed();
}

/** Whether the caller wants this to go on without him, as `nohup` does: a handler of one's own would undo that. */
function ignoresHangup(): boolean {
	try {
		const ignored = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
		return ignored !== undefined && (BigInt(`0x${ignored}`) & 1n) === 1n;
	} catch {
		return false; // no Linux
	}
}

/** What nobody caught is told like any other failure: without a stack, and only once. */
function reportCrashes(composition: Composition): void {
	const crash = (error: unknown): void => {
		process.off('uncaughtException', crash).off('unhandledRejection', crash);
		const end = (status: number): never => process.exit(status);
		composition.fail(error).then(end, () => end(1));
	};
	process.on('uncaughtException', crash).on('unhandledRejection', crash);
}

/** A person's defaults speak to the tool only; files never see them. */
async function readSettings(env: Environment, warn: (warning: Warning) => void): Promise<Environment> {
	const { readUserSettings } = await import('../sources/user-settings.ts');
	return readUserSettings(env, { readText: (file) => readFileSync(file, 'utf8'), warn });
}

interface Warning {
	readonly message: string;
	readonly hint: string;
}

/** The process environment with what `.env` adds to it. */
async function readVariables(options: ProjectOptions): Promise<Variables> {
	const { resolveProjectIdentity } = await import('../loader/project-identity.ts');
	return (await resolveProjectIdentity(options)).environment;
}

/** Of what `.env` says, only docker compose's own settings speak to the tool; the rest is for the files. */
const composeSettings = (variables: Variables): Environment =>
	Object.fromEntries([...variables].filter(([name]) => name.startsWith('COMPOSE_')));

const projectOptions = (globals: GlobalValues, env: Environment): ProjectOptions => ({
	files: globals.files,
	projectName: globals.projectName,
	projectDirectory: globals.projectDirectory,
	profiles: globals.profiles,
	envFiles: globals.envFiles,
	compatibility: globals.compatibility,
	allResources: globals.allResources,
	cwd: currentFolder(env),
	env,
	standardInput: () => process.stdin,
});

/** The way the user came here, through symbolic links: it names the project, as with docker compose. */
function currentFolder({ PWD: walked }: Environment): string {
	const folder = process.cwd();
	if (walked === undefined || walked === folder || !walked.startsWith('/')) return folder;
	const [there, here] = [statSync(walked, { throwIfNoEntry: false }), statSync(folder)];
	return there?.ino === here.ino && there.dev === here.dev ? walked : folder;
}

/** Escape sequences go to terminals only, unless they are forced; what the user's variables say wins over `auto`. */
function mayColour({ ansi }: OutputSettings, isTerminal: boolean, env: Environment): boolean {
	if (ansi !== 'auto') return ansi === 'always';
	if (env['NO_COLOR']) return false;
	if (env['FORCE_COLOR'] || env['CLICOLOR_FORCE']) return env['FORCE_COLOR'] !== '0' && env['CLICOLOR_FORCE'] !== '0';
	return isTerminal && env['TERM'] !== 'dumb';
}

const processStreams: ProcessStreams = {
	/** Not through `process.stdout`: making that stream takes longer than many a command. */
	writer(fd) {
		let isFirst = true;
		return async (bytes) => {
			const fitsAtOnce = isFirst && bytes.length <= smallestPipe;
			isFirst = false;
			return fitsAtOnce ? writeSync(fd, bytes) : writeLater(fd, bytes);
		};
	},
	isTerminal: (fd) => canBeTerminal(fd) && process.getBuiltinModule('node:tty').isatty(fd),
	stdin: () => process.stdin,
	output: (fd) => (fd === 1 ? process.stdout : process.stderr),
};

/** A first text of this size finds room in any pipe: no thread needs to be started that could wait for it. */
const smallestPipe = 4096;

const writeLater = (fd: number, bytes: Uint8Array): Promise<number> =>
	new Promise((resolve, reject) => {
		write(fd, bytes, (error, written) => (error === null ? resolve(written) : reject(error)));
	});

/** Only a character device can be a terminal, and the null device is none: the module that knows the rest is large. */
function canBeTerminal(fd: number): boolean {
	try {
		const device = fstatSync(fd);
		return device.isCharacterDevice() && device.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
	} catch {
		return false; // a stream that the caller closed
	}
}

const renderTarget = (terminal: ProcessTerminal): RenderTarget => ({
	write(text) {
		terminal.err(text).catch(() => undefined); // nobody is left to tell where standard error can't be written
	},
	flushed: () => terminal.flushed(),
	size: () => terminal.size(),
	get isTerminal() {
		return terminal.errIsTerminal;
	},
	get colour() {
		return terminal.colour.err;
	},
});
