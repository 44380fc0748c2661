import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadCases } from '../../support/load-cases.ts';

/** A folder with Compose files and how `config` is called on it. */
export interface ConfigCase {
	readonly name: string;
	/** It is copied before use, so that nothing is written there. */
	readonly folder: string;
	/** What stands before `config`, and the folder below the copy to call it in. */
	readonly args: readonly string[];
	readonly cwd: string;
	/** Set in addition to the environment all cases have; null takes a variable away. */
	readonly env: Readonly<Record<string, string | null>>;
	/** A file of the folder. */
	readonly stdin: string | undefined;
	/** Services that are named. */
	readonly services: readonly string[];
}

const root = path.join(import.meta.dirname, '../../..');

/** The fixtures of this repository, and the golden cases. */
export const fixtureCases = (): readonly ConfigCase[] => [
	...loadCases().map(({ name, folder, files, profiles, services }) => ({
		...plainCase(`golden/${name}`, folder),
		args: [...files.flatMap((file) => ['-f', file]), ...profiles.flatMap((profile) => ['--profile', profile])],
		services,
	})),
	...readdirSync(path.join(root, 'fixtures'), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /^(?:docker-)?compose\.ya?ml$/.test(entry.name))
		.map(({ parentPath }) => plainCase(`fixtures/${path.basename(parentPath)}`, parentPath)),
];

const plainCase = (name: string, folder: string): ConfigCase => ({
	name,
	folder,
	args: [],
	cwd: '.',
	env: {},
	stdin: undefined,
	services: [],
});

/**
 * Where the corpus of Compose files is: named by `LABC_CORPUS`, or beside the project; undefined: nowhere. It is no
 * part of the repository.
 */
export function corpusFolder(): string | undefined {
	const folder = process.env['LABC_CORPUS'] ?? path.join(root, '../shared/corpus');
	return existsSync(folder) ? folder : undefined;
}

export const corpusAbsent = 'the corpus is absent: name its folder in LABC_CORPUS to compare over it too';

/** The corpus's cases that docker compose loads; those with a `config` flag of their own are compared elsewhere. */
export const corpusCases = (): readonly ConfigCase[] => casesWith('expected.json');

/** The corpus's cases that docker compose refuses. */
export const corpusRefusals = (): readonly ConfigCase[] => casesWith('expected_error.txt');

function casesWith(expectation: string): readonly ConfigCase[] {
	const corpus = corpusFolder();
	if (corpus === undefined) return [];
	return readdirSync(corpus, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && existsSync(path.join(corpus, entry.name, expectation)))
		.map(({ name }) => corpusCase(name, path.join(corpus, name)));
}

interface CorpusCommand {
	readonly args?: readonly string[];
	readonly configArgs?: readonly string[];
	readonly cwd?: string;
	readonly env?: Readonly<Record<string, string | null>>;
	readonly stdin?: string;
}

function corpusCase(name: string, folder: string): ConfigCase {
	const file = path.join(folder, 'cmd.json');
	const command: CorpusCommand = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	return {
		name,
		folder,
		args: command.args ?? [],
		cwd: command.cwd ?? '.',
		env: command.env ?? {},
		stdin: command.stdin,
		services: command.configArgs ?? [],
	};
}
