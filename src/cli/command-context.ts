import type { Diagnostic } from '../errors/diagnostic.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { LoadedTree } from '../loader/load-tree.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import type { Variables } from '../options/variables.ts';
import { secretValues } from '../use-cases/secret-values.ts';
import { tellWarnings } from '../use-cases/tell-warnings.ts';
import type { CommandContext, GlobalValues, NextSteps } from './command.ts';
import type { Environment } from './global-flags.ts';
import type { Interruption } from './interruption.ts';
import { once, outsidePrograms } from './outside-programs.ts';
import type { Progress } from './progress.ts';
import { placeFrom } from './relative-places.ts';
import type { Terminal } from './terminal.ts';

export interface ContextParts {
	/** The process environment with `COMPOSE_*` of `.env`. */
	readonly env: Environment;
	/** The process environment with all of `.env`. */
	readonly variables: Variables;
	/** What loading a project starts from. */
	readonly options: ProjectOptions;
	readonly now: () => number;
	readonly globals: GlobalValues;
	readonly terminal: Terminal;
	readonly interruption: Interruption;
	readonly progress: Progress;
	readonly nextSteps: NextSteps;
}

/** What a command works with. Loader, engine and builder are imported when a command first asks for them. */
export function createContext(parts: ContextParts): CommandContext {
	const { globals, terminal, interruption, progress, env, options, now } = parts;
	let { variables } = parts;
	const connectRequest = async () => {
		const { homedir } = await import('node:os');
		return { host: globals.host, context: globals.dockerContext, env, homeDir: homedir() };
	};
	const tell = (warnings: readonly Diagnostic[]): void => tellWarnings(seenFrom(options.cwd, warnings), progress.emit);
	return {
		env,
		get variables() {
			return variables;
		},
		cwd: options.cwd,
		nextSteps: parts.nextSteps,
		now,
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
			const loaded = await loadProject(options, request).catch(tellAndThrow(tell));
			variables = loaded.contents;
			progress.hide(secretValues(loaded.project, variables));
			tell(loaded.warnings);
			return loaded;
		},
		projectOptions: options,
		async loadTree(without) {
			const { loadTree } = await import('../loader/load-tree.ts');
			const loaded = await soundTree(loadTree(options, { without })).catch(tellAndThrow(tell));
			tell(loaded.findings.warnings);
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
		...outsidePrograms({ connectRequest, variables: () => variables }),
		flushProgress: progress.flush,
	};
}

/** What is wrong may come from what was warned of, so that is told first. */
const tellAndThrow =
	(tell: (warnings: readonly Diagnostic[]) => void) =>
	(error: unknown): never => {
		if (error instanceof LabcError) tell(error.warnings);
		throw error;
	};

async function soundTree(loading: Promise<LoadedTree>): Promise<LoadedTree> {
	const loaded = await loading;
	loaded.findings.throwIfAny();
	return loaded;
}

const seenFrom = (cwd: string, warnings: readonly Diagnostic[]): readonly Diagnostic[] =>
	warnings.map((warning) => (warning.at === undefined ? warning : { ...warning, at: placeFrom(cwd, warning.at) }));
