import { didYouMean } from '../errors/did-you-mean.ts';
import { LabcError } from '../errors/labc-error.ts';
import { type ProgressMode, progressModes } from '../render/choose.ts';
import type { Flags, FlagValues, GlobalValues } from './command.ts';

/** What every command takes, wherever it stands. */
const commonFlags = {
	help: { type: 'boolean', short: 'h', summary: 'Show this help' },
} as const satisfies Flags;

const engineFlags = {
	host: {
		type: 'string',
		short: 'H',
		value: 'ADDRESS',
		summary: 'Engine to talk to, for example unix:///run/docker.sock',
	},
	context: { type: 'string', value: 'NAME', summary: 'Docker context that says which engine to talk to' },
} as const satisfies Flags;

/** Flags of `labc` itself. */
export const rootFlags = {
	...engineFlags,
	version: { type: 'boolean', short: 'v', summary: 'Show the version of labc' },
	...commonFlags,
} as const satisfies Flags;

/** Flags between `compose` and the command. */
export const composeFlags = {
	file: {
		type: 'list',
		short: 'f',
		value: 'FILE',
		summary: 'Compose file; give several to merge them, `-` reads standard input',
	},
	'project-name': { type: 'string', short: 'p', value: 'NAME', summary: 'Name of the project' },
	'project-directory': { type: 'string', value: 'FOLDER', summary: 'Folder that relative paths start from' },
	'env-file': { type: 'list', value: 'FILE', summary: 'Read variables from this file, not from .env' },
	profile: { type: 'list', value: 'NAME', summary: 'Switch on a profile; `*` switches on all of them' },
	progress: { type: 'string', value: 'MODE', summary: 'How progress is shown: auto, tty, plain, json or quiet' },
	ansi: { type: 'string', value: 'WHEN', summary: 'When colours are used: auto, never or always' },
	parallel: { type: 'integer', value: 'N', summary: 'Engine calls at a time; -1 sets no limit' },
	'dry-run': { type: 'boolean', summary: 'Show what would be done and change nothing' },
	compatibility: { type: 'boolean', summary: 'Name containers as docker-compose 1 did' },
	'no-wait': { type: 'boolean', summary: 'Leave with status 75 where somebody else is changing the project' },
	'break-lock': { type: 'boolean', summary: 'Pass over the lock of a process that can’t be judged from here' },
	'all-resources': { type: 'boolean', summary: 'Also take in what no service uses' },
	...engineFlags,
	version: { type: 'boolean', short: 'v', summary: 'Show the version', hidden: true },
	...commonFlags,
} as const satisfies Flags;

/** Compose flags that may also stand behind the command's name; the rare ones show in the help of `compose` only. */
export const inheritedFlags = {
	'dry-run': composeFlags['dry-run'],
	'no-wait': { ...composeFlags['no-wait'], hidden: true },
	'break-lock': { ...composeFlags['break-lock'], hidden: true },
	...commonFlags,
} as const satisfies Flags;

export type RootValues = FlagValues<typeof rootFlags>;
export type ComposeValues = FlagValues<typeof composeFlags>;
export type Environment = Readonly<Record<string, string | undefined>>;

const ansiModes = ['auto', 'never', 'always'] as const;
type AnsiMode = (typeof ansiModes)[number];

/** How the process talks to its user. */
export interface OutputSettings {
	readonly progress: ProgressMode;
	readonly ansi: AnsiMode;
}

/** Flags come first, then labc's variables, then docker compose's. */
export function resolveOutput(values: Partial<ComposeValues>, env: Environment): OutputSettings {
	const ansi = oneOf('--ansi', values.ansi ?? env['LABC_ANSI'] ?? env['COMPOSE_ANSI'] ?? 'auto', ansiModes);
	const progress = oneOf(
		'--progress',
		values.progress ?? env['LABC_PROGRESS'] ?? env['COMPOSE_PROGRESS'] ?? 'auto',
		progressModes,
	);
	if (progress === 'tty' && ansi === 'never') throw clash('tty', 'never');
	if (progress === 'plain' && ansi === 'always') throw clash('plain', 'always');
	return { progress, ansi };
}

const clash = (progress: string, ansi: string): LabcError =>
	new LabcError('USAGE_INVALID', `\`--progress ${progress}\` and \`--ansi ${ansi}\` contradict each other`, {
		hint: 'Leave one of the two out.',
	});

/** An empty variable counts as not set. */
function oneOf<T extends string>(flag: string, text: string, allowed: readonly T[]): T {
	const found = allowed.find((word) => word === (text || 'auto'));
	if (found !== undefined) return found;
	const nearest = didYouMean(text, allowed);
	throw new LabcError('USAGE_INVALID', `\`${flag}\` takes ${allowed.join(', ')}, not \`${text}\``, {
		hint: nearest === undefined ? `Leave \`${flag}\` out to let labc choose.` : `Did you mean \`${nearest}\`?`,
	});
}

export const resolveGlobals = (root: RootValues, compose: ComposeValues, env: Environment): GlobalValues => ({
	files: compose.file,
	projectName: compose['project-name'],
	projectDirectory: compose['project-directory'],
	profiles: compose.profile,
	envFiles: compose['env-file'],
	parallel: parallelLimit(compose.parallel, env),
	dryRun: compose['dry-run'] ?? false,
	compatibility: compose.compatibility ?? isOn(env['COMPOSE_COMPATIBILITY']),
	compatibilityFlag: compose.compatibility ?? false,
	noWait: compose['no-wait'] ?? false,
	breakLock: compose['break-lock'] ?? false,
	allResources: compose['all-resources'] ?? false,
	host: compose.host ?? root.host,
	dockerContext: compose.context ?? root.context,
});

function parallelLimit(flag: number | undefined, env: Environment): number | undefined {
	const limit = flag ?? limitFrom('LABC_PARALLEL_LIMIT', env) ?? limitFrom('COMPOSE_PARALLEL_LIMIT', env);
	return limit === undefined || limit <= 0 ? undefined : limit;
}

function limitFrom(name: string, env: Environment): number | undefined {
	const text = env[name];
	if (text === undefined || text === '') return undefined;
	if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
	throw new LabcError('USAGE_INVALID', `\`${name}\` must be an integer, not \`${text}\``, {
		hint: `Unset \`${name}\`, or give it a number; -1 sets no limit.`,
	});
}

const isOn = (text: string | undefined): boolean => /^(1|t|true|y|yes|on)$/i.test(text ?? '');
