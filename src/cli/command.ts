import type { Builder } from '../build/builder.ts';
import type { Engine } from '../engine/engine.ts';
import type { Emit } from '../events/event.ts';
import type { LoadedTree } from '../loader/load-tree.ts';
import type { LoadedProject, LoadRequest, LoadStage } from '../loader/loaded-project.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import type { Variables } from '../options/variables.ts';
import type { Programs } from '../programs/programs.ts';
import type { Terminal } from './terminal.ts';

/** One command: what `--help` shows and what runs. The registry imports it only when it is called. */
export interface Command<F extends Flags = Flags> {
	/** The words after `labc`: `compose up`. */
	readonly name: string;
	readonly summary: string;
	/** `labc compose up [OPTIONS] [SERVICE...]` */
	readonly usage: string;
	readonly examples: readonly CommandExample[];
	readonly flags: F;
	/** The first argument ends the flags: what follows belongs to the command inside the container. */
	readonly flagsEndAtFirstArgument?: true;
	/** Words beside the flags are a mistake. */
	readonly takesNoArguments?: true;
	/** Has nothing to do with any project: `.env` is not read for it. */
	readonly standalone?: true;
	/** Returns the exit status. Failures are thrown. */
	run(context: CommandContext, values: FlagValues<F>, args: readonly string[]): Promise<number>;
}

interface CommandExample {
	readonly line: string;
	readonly summary: string;
}

export type Flags = Readonly<Record<string, Flag>>;

export interface Flag {
	/** `list` may be given several times. */
	readonly type: 'boolean' | 'string' | 'integer' | 'list';
	readonly short?: string;
	readonly summary: string;
	/** What `--help` calls the value: `SECONDS`. */
	readonly value?: string;
	/** May be given alone, as an empty text; a value stands behind `=` only. */
	readonly valueIsOptional?: true;
	/** Such a word behind the flag was meant as its value, most likely. */
	readonly valueLooksLike?: RegExp;
	readonly hidden?: true;
}

/** Values by flag name; a flag that was not given is undefined, a list is then empty. */
export type FlagValues<F extends Flags> = {
	readonly [K in keyof F]: F[K]['type'] extends 'list'
		? readonly string[]
		: (F[K]['type'] extends 'boolean' ? boolean : F[K]['type'] extends 'integer' ? number : string) | undefined;
};

/** What a command works with. `cli/context.ts` makes it; it is the only place that reads the process. */
export interface CommandContext {
	/** The process environment, with what `.env` may add to it (`COMPOSE_*`) already there. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The process environment and all that `.env` adds to it; a load of the project may add the `.env` beside its file. */
	readonly variables: Variables;
	readonly cwd: string;
	/** Milliseconds since the epoch. */
	now(): number;
	readonly globals: GlobalValues;
	/** Commands that hints name. */
	readonly nextSteps: NextSteps;
	readonly terminal: Terminal;
	/** Aborts at the first Ctrl-C (or SIGTERM): stop gracefully. */
	readonly signal: AbortSignal;
	/** Aborts at the second: stop at once. */
	readonly forceSignal: AbortSignal;
	readonly emit: Emit;
	/** Its warnings are told here; commands have nothing to do about them. */
	loadProject(request?: LoadRequest): Promise<LoadedProject>;
	/** The project before it is typed, to show it; its warnings are told as well. */
	loadTree(without: readonly LoadStage[]): Promise<LoadedTree>;
	/** What loading starts from. */
	readonly projectOptions: ProjectOptions;
	/** Connects on the first call. */
	engine(): Promise<Engine>;
	/** Host name of an engine that is reached over the network; undefined for one on this machine. */
	engineHost(): Promise<string | undefined>;
	/** Looks for what builds images on the first call; `BUILD_UNAVAILABLE` where there is nothing. */
	builder(): Promise<Builder>;
	/** The user's logins for registries, as docker's `config.json` has them. */
	registryLogins(): Promise<string>;
	/** Programs beside the engine that a project needs, found on the first use. */
	programs(): Promise<Programs>;
	/** Ends progress output, so that results follow it cleanly. */
	flushProgress(): Promise<void>;
}

/** The commands that hints tell a user to give next, as they must be given from where the user stands. */
export interface NextSteps {
	/** The command line as it was given. */
	readonly again: string;
	/** A hint whose commands speak to the same engine, files and project as the one that was given. */
	addressed(hint: string): string;
}

/** The flags that stand between `compose` and the command. */
export interface GlobalValues {
	readonly files: readonly string[];
	readonly projectName: string | undefined;
	readonly projectDirectory: string | undefined;
	readonly profiles: readonly string[];
	readonly envFiles: readonly string[];
	/** Engine calls at a time; undefined: no limit. */
	readonly parallel: number | undefined;
	readonly dryRun: boolean;
	readonly compatibility: boolean;
	/** By the flag itself, which `config` takes to mean more. */
	readonly compatibilityFlag: boolean;
	readonly allResources: boolean;
	/** Leave with 75 where somebody else changes the project. */
	readonly noWait: boolean;
	/** Pass over a lock of whose owner nobody here can tell whether it lives. */
	readonly breakLock: boolean;
	/** `-H`. */
	readonly host: string | undefined;
	readonly dockerContext: string | undefined;
}

/** Keeps a command's flag types while checking its shape. */
export const defineCommand = <F extends Flags>(command: Command<F>): Command<F> => command;
