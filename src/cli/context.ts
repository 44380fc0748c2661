import { fstatSync, write, writeSync } from 'node:fs';
import type { Diagnostic } from '../errors/diagnostic.ts';
import type { Emit, LabcEvent } from '../events/event.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import { createRenderer } from '../render/choose.ts';
import type { RenderTarget } from '../render/render-target.ts';
import type { Renderer } from '../render/renderer.ts';
import { tellWarnings } from '../use-cases/tell-warnings.ts';
import type { CommandContext, GlobalValues } from './command.ts';
import {
	type ComposeValues,
	type Environment,
	type OutputSettings,
	type RootValues,
	resolveGlobals,
	resolveOutput,
} from './global-flags.ts';
import { createInterruption, type Interruption } from './interruption.ts';
import { createTerminal, type ProcessStreams, type ProcessTerminal } from './process-terminal.ts';
import { placeFrom } from './relative-places.ts';
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

export function createComposition(): Composition {
	const env = process.env;
	let output: OutputSettings = { progress: 'auto', ansi: 'auto' };
	const terminal = createTerminal(processStreams, (isTerminal) => mayColour(output, isTerminal, env));
	const interruption = createInterruption((name, listener) => process.on(name, listener));
	const progress = createProgress(() => createRenderer(output.progress, renderTarget(terminal)));
	const parts = { terminal, interruption, progress, processEnv: env };
	return {
		terminal,
		useOutput(values) {
			output = resolveOutput(values, env);
		},
		async contextFor({ root, compose, standalone }) {
			const early = resolveGlobals(root, compose, env);
			const settings = await readSettings(env);
			if (standalone) return createContext({ ...parts, globals: early, env: { ...settings, ...env } });
			const composeEnv = { ...settings, ...(await addDotEnv(env, projectOptions(early, env))) };
			const globals = resolveGlobals(root, compose, composeEnv);
			output = resolveOutput(compose, composeEnv);
			return createContext({ ...parts, globals, env: composeEnv });
		},
		async finish(status) {
			await progress.flush();
			await terminal.flushed();
			return status;
		},
		async fail(error) {
			const { exitStatusOf, formatReport } = await import('./report-error.ts');
			await progress.flush().catch(() => undefined);
			const report = formatReport(error, {
				json: output.progress === 'json',
				colour: terminal.colour.err,
				columns: terminal.errIsTerminal ? terminal.size().columns : undefined,
				cwd: process.cwd(),
				debug: env['LABC_DEBUG'] === '1',
			});
			await terminal.err(report).catch(() => undefined);
			await terminal.flushed();
			return exitStatusOf(error, interruption.isInterrupted());
		},
	};
}

/** A person's defaults speak to the tool only; files never see them. */
async function readSettings(env: Environment): Promise<Environment> {
	const { readUserSettings } = await import('../sources/user-settings.ts');
	return readUserSettings(env);
}

/** Of what `.env` says, only docker compose's own settings speak to the tool; the rest is for the files. */
async function addDotEnv(env: Environment, options: ProjectOptions): Promise<Environment> {
	const { resolveProjectIdentity } = await import('../loader/project-identity.ts');
	const { environment } = await resolveProjectIdentity(options);
	return { ...Object.fromEntries([...environment].filter(([name]) => name.startsWith('COMPOSE_'))), ...env };
}

const projectOptions = (globals: GlobalValues, env: Environment): ProjectOptions => ({
	files: globals.files,
	projectName: globals.projectName,
	projectDirectory: globals.projectDirectory,
	profiles: globals.profiles,
	envFiles: globals.envFiles,
	compatibility: globals.compatibility,
	cwd: process.cwd(),
	env,
	standardInput: () => process.stdin,
});

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
	/** Only a character device can be a terminal; the module that knows is loaded only for those. */
	isTerminal: (fd) => isCharacterDevice(fd) && process.getBuiltinModule('node:tty').isatty(fd),
	stdin: () => process.stdin,
	output: (fd) => (fd === 1 ? process.stdout : process.stderr),
};

/** A first text of this size finds room in any pipe: no thread needs to be started that could wait for it. */
const smallestPipe = 4096;

const writeLater = (fd: number, bytes: Uint8Array): Promise<number> =>
	new Promise((resolve, reject) => {
		write(fd, bytes, (error, written) => (error === null ? resolve(written) : reject(error)));
	});

function isCharacterDevice(fd: number): boolean {
	try {
		return fstatSync(fd).isCharacterDevice();
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

interface Progress {
	readonly emit: Emit;
	flush(): Promise<void>;
}

/** One renderer from the first event until it is flushed; the next event starts another. */
function createProgress(createRenderer: () => Renderer): Progress {
	let renderer: Renderer | undefined;
	return {
		emit(event) {
			renderer ??= createRenderer();
			renderer.on({ ...event, at: Date.now() } as LabcEvent);
		},
		async flush() {
			const ending = renderer;
			renderer = undefined;
			await ending?.close();
		},
	};
}

interface ContextParts {
	/** The process environment with `COMPOSE_*` of `.env`. */
	readonly env: Environment;
	readonly processEnv: Environment;
	readonly globals: GlobalValues;
	readonly terminal: Terminal;
	readonly interruption: Interruption;
	readonly progress: Progress;
}

function createContext(parts: ContextParts): CommandContext {
	const { globals, terminal, interruption, progress, env, processEnv } = parts;
	const connectRequest = async () => {
		const { homedir } = await import('node:os');
		return { host: globals.host, context: globals.dockerContext, env, homeDir: homedir() };
	};
	return {
		env,
		cwd: process.cwd(),
		now: Date.now,
		globals,
		terminal,
		get signal() {
			return interruption.signal;
		},
		get forceSignal() {
			return interruption.forceSignal;
		},
		emit: progress.emit,
		async loadProject(request) {
			const { loadProject } = await import('../loader/load-project.ts');
			const loaded = await loadProject(projectOptions(globals, processEnv), request);
			tellWarnings(loaded.warnings.map(nearby), progress.emit);
			return loaded;
		},
		engine: once(async () => {
			const { connectEngine } = await import('../engine/docker/connect.ts');
			return connectEngine(await connectRequest());
		}),
		async engineHost() {
			const { locateEngine } = await import('../engine/docker/connect.ts');
			const endpoint = locateEngine(await connectRequest());
			return endpoint.kind === 'tcp' ? endpoint.host : undefined;
		},
		builder: once(async () => {
			const [{ createBuilder }, { locateEngine }] = await Promise.all([
				import('../build/buildx-builder.ts'),
				import('../engine/docker/connect.ts'),
			]);
			const request = await connectRequest();
			return createBuilder({ ...request, engineAddress: locateEngine(request).address });
		}),
		flushProgress: progress.flush,
	};
}

const nearby = (warning: Diagnostic): Diagnostic =>
	warning.at === undefined ? warning : { ...warning, at: placeFrom(process.cwd(), warning.at) };

function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return () => (made ??= make());
}
