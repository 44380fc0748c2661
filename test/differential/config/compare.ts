import { existsSync } from 'node:fs';
import { labcPath } from '../../scenario/scenario.ts';
import type { ConfigCase } from './cases.ts';
import { type CaseOutcome, createScratch, runConfig, type Scratch } from './run-case.ts';

/** A form of `config`'s output that has to be docker compose's. */
export interface Variant {
	readonly name: string;
	readonly flags: readonly string[];
	/** Brings what docker compose prints in any order into one. */
	readonly normalise?: (text: string) => string;
	/** How often docker compose is asked, where it answers differently from call to call; one equal answer counts. */
	readonly attempts?: number;
}

const sortedLines = (text: string): string => text.split('\n').sort().join('\n');

/** docker compose's table names variables in any order, and takes any of several defaults. */
export const variants: readonly Variant[] = [
	{ name: 'yaml', flags: [] },
	{ name: 'json', flags: ['--format', 'json'] },
	{ name: 'hash', flags: ['--hash', '*'] },
	{ name: 'services', flags: ['--services'], normalise: sortedLines },
	{ name: 'images', flags: ['--images'], normalise: sortedLines },
	{ name: 'profiles', flags: ['--profiles'] },
	{ name: 'volumes', flags: ['--volumes'], normalise: sortedLines },
	{ name: 'networks', flags: ['--networks'], normalise: sortedLines },
	{ name: 'models', flags: ['--models'], normalise: sortedLines },
	{ name: 'variables', flags: ['--variables'], normalise: sortedLines, attempts: 12 },
	{ name: 'variables-json', flags: ['--variables', '--format', 'json'], attempts: 12 },
	{ name: 'variables-yaml', flags: ['--variables', '--format', 'yaml'], attempts: 12 },
	{ name: 'environment', flags: ['--environment'] },
	{ name: 'no-interpolate', flags: ['--no-interpolate'] },
	{ name: 'no-interpolate-json', flags: ['--no-interpolate', '--format', 'json'] },
	{ name: 'no-normalize', flags: ['--no-normalize'] },
	{ name: 'no-consistency', flags: ['--no-consistency'] },
	{ name: 'no-path-resolution', flags: ['--no-path-resolution'] },
	{ name: 'no-env-resolution', flags: ['--no-env-resolution'] },
];

export interface Comparison {
	readonly identical: number;
	/** Cases both tools refuse. */
	readonly refused: number;
	readonly differing: readonly Difference[];
}

interface Difference {
	readonly name: string;
	/** The first line that differs, as both have it. */
	readonly lines: readonly string[];
}

export const labcCommand: readonly string[] = [labcPath, 'compose'];
export const isLabcBuilt = (): boolean => existsSync(labcPath);

/** Runs both tools over all cases, some at a time. */
export async function compareOver(
	cases: readonly ConfigCase[],
	variant: Variant,
	{ labc, dockerCompose }: { readonly labc: readonly string[]; readonly dockerCompose: string },
): Promise<Comparison> {
	using scratch = createScratch();
	const differing: Difference[] = [];
	const count = { identical: 0, refused: 0 };
	const pending = [...cases];
	const work = async (): Promise<void> => {
		for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
			const verdict = await compareOne(next, variant, { labc, dockerCompose, scratch });
			if (typeof verdict === 'string') count[verdict] += 1;
			else differing.push(verdict);
		}
	};
	await Promise.all(Array.from({ length: atATime }, work));
	return { ...count, differing };
}

const atATime = 4;

interface Tools {
	readonly labc: readonly string[];
	readonly dockerCompose: string;
	readonly scratch: Scratch;
}

async function compareOne(
	config: ConfigCase,
	{ flags, normalise = (text) => text, attempts = 1 }: Variant,
	{ labc, dockerCompose, scratch }: Tools,
): Promise<'identical' | 'refused' | Difference> {
	const place = { folder: scratch.folderOf(config), flags };
	const ours = await runConfig(labc, config, place);
	const actual = normalise(shown(ours));
	let expected = '';
	for (let attempt = 0; attempt < attempts; attempt += 1) {
		const theirs = await runConfig([dockerCompose], config, place);
		if (theirs.status !== 0 && ours.status !== 0) return 'refused';
		expected = normalise(shown(theirs));
		if (expected === actual) return 'identical';
	}
	return { name: config.name, lines: firstDifference(expected, actual) };
}

const shown = ({ status, stdout, stderr }: CaseOutcome): string =>
	status === 0 ? stdout : `exit ${status}: ${stderr}`;

function firstDifference(expected: string, actual: string): readonly string[] {
	const [theirs, ours] = [expected.split('\n'), actual.split('\n')];
	const line = theirs.findIndex((text, index) => text !== ours[index]);
	const at = line === -1 ? theirs.length : line;
	return [`line ${at + 1}, docker compose: ${theirs[at]}`, `line ${at + 1}, labc:           ${ours[at]}`];
}
