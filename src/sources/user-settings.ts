import path from 'node:path';
import { didYouMean } from '../errors/did-you-mean.ts';
import { LabcError } from '../errors/labc-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How labc itself works and where its engine is; nothing a Compose file could see. */
const settingNames = [
	'COMPOSE_ANSI',
	'COMPOSE_PARALLEL_LIMIT',
	'COMPOSE_PROGRESS',
	'DOCKER_HOST',
	'LABC_ANSI',
	'LABC_PARALLEL_LIMIT',
	'LABC_PROGRESS',
];

export interface SettingsReader {
	readText(file: string): string;
	/** A file that may not be read (another person's home, after `sudo`) is no reason to do nothing at all. */
	warn(warning: { readonly message: string; readonly hint: string }): void;
}

/** A person's own defaults, from `labc/settings.env` in their configuration folder; the environment wins over them. */
export async function readUserSettings(
	env: Environment,
	reader: SettingsReader,
): Promise<Readonly<Record<string, string>>> {
	const file = settingsFile(env);
	const text = file === undefined ? undefined : textOf(file, reader);
	if (file === undefined || text === undefined) return {};
	const { parse } = await import('dotenv');
	const settings = checked(parse(text), file);
	return env['DOCKER_CONTEXT'] ? withoutHost(settings) : settings;
}

/** A context named in the environment says where the engine is; a default host must not win over it. */
const withoutHost = (settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'DOCKER_HOST'));

function settingsFile({ XDG_CONFIG_HOME: configHome, HOME: home }: Environment): string | undefined {
	if (configHome !== undefined && path.isAbsolute(configHome)) return path.join(configHome, 'labc', 'settings.env');
	return home ? path.join(home, '.config', 'labc', 'settings.env') : undefined;
}

function textOf(file: string, { readText, warn }: SettingsReader): string | undefined {
	try {
		return readText(file);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
		warn({
			message: `the settings file \`${file}\` cannot be read (${code}); labc goes on without it`,
			hint: 'Check the file and its permissions, and that HOME names your own folder.',
		});
		return undefined;
	}
}

/** A name that has no effect is a mistake: better said than ignored. */
export function checked(settings: Readonly<Record<string, string>>, file: string): Readonly<Record<string, string>> {
	const odd = Object.keys(settings).find((name) => !settingNames.includes(name));
	if (odd === undefined) return settings;
	const guess = didYouMean(odd, settingNames);
	throw new LabcError('ENV_FILE_INVALID', `\`${odd}\` is not a setting of labc, in \`${file}\``, {
		hint: guess === undefined ? `Use one of: ${settingNames.join(', ')}.` : `Did you mean \`${guess}\`?`,
	});
}
