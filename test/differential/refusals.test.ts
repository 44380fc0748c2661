/**
 * What docker compose refuses, labc refuses: with a code, a place and a next step for every problem. Code, line and path
 * of each are those of `refusal-pins.json`; `LABC_RENEW_PINS=1 node --test FILE` writes that anew, to be looked over.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { exitStatusByErrorCode } from '../../src/errors/codes.ts';
import { labcPath } from '../scenario/scenario.ts';
import { corpusAbsent, corpusFolder, corpusRefusals } from './config/cases.ts';
import { isLabcBuilt } from './config/compare.ts';
import { createScratch, runConfig } from './config/run-case.ts';

const skip = corpusFolder() === undefined ? corpusAbsent : !isLabcBuilt() && 'dist/labc is not built';

/** Causes that no text holds: flags, the environment, the name of a folder. */
const namedOutside: ReadonlySet<string> = new Set(['PROJECT_NAME_INVALID', 'SERVICE_UNKNOWN', 'SOURCE_NOT_FOUND']);

/** What stands in an env file of the project belongs to no attribute, and neither does what is no YAML. */
const withoutPath: ReadonlySet<string> = new Set([
	...namedOutside,
	'ENV_FILE_INVALID',
	'PROJECT_EMPTY',
	'YAML_INVALID',
]);

interface Told {
	readonly error?: boolean;
	readonly code?: string;
	readonly message?: string;
	readonly file?: string;
	readonly line?: number;
	readonly column?: number;
	readonly path?: string;
	readonly hint?: string;
}

/** `CODE line path` of each problem, by case. */
type Pins = Readonly<Record<string, readonly string[]>>;

const pinsFile = path.join(import.meta.dirname, 'refusal-pins.json');
const isRenewal = process.env['LABC_RENEW_PINS'] === '1';
const pins: Pins = isRenewal ? {} : JSON.parse(readFileSync(pinsFile, 'utf8'));
const told: Record<string, readonly string[]> = {};

const pinOf = ({ code, line, path }: Told): string => `${code} ${line ?? '-'} ${path ?? '-'}`;

describe('every refusal of the corpus', { skip }, () => {
	const scratch = createScratch();
	after(() => {
		scratch[Symbol.dispose]();
		if (isRenewal) writeFileSync(pinsFile, `${JSON.stringify(told, undefined, '\t')}\n`);
	});
	const tool = [labcPath, 'compose', '--progress', 'json'];
	test('has pins, and each pin has a case', () => {
		if (!isRenewal)
			assert.deepEqual(
				Object.keys(pins).sort(),
				corpusRefusals()
					.map(({ name }) => name)
					.sort(),
			);
	});
	for (const refusal of corpusRefusals()) {
		test(refusal.name, async () => {
			const { status, stdout, stderr } = await runConfig(tool, refusal, {
				folder: scratch.folderOf(refusal),
				flags: ['--format', 'json'],
			});
			assert.equal(stdout, '');
			assert.equal(status, 1);
			const errors = toldErrors(stderr);
			assert.ok(errors.length > 0, stderr);
			for (const error of errors) assertHelpful(error);
			told[refusal.name] = errors.map(pinOf);
			if (!isRenewal) assert.deepEqual(told[refusal.name], pins[refusal.name]);
		});
	}
});

const toldErrors = (stderr: string): readonly Told[] =>
	stderr
		.trim()
		.split('\n')
		.map((line): Told => JSON.parse(line))
		.filter(({ error }) => error === true);

function assertHelpful(error: Told): void {
	const { code = '', message = '', file, line, column, path, hint } = error;
	const shown = JSON.stringify(error);
	assert.ok(Object.hasOwn(exitStatusByErrorCode, code), shown);
	assert.match(message, /^\P{Lu}.*[^.]$/su, shown);
	assert.match(hint ?? '', /^\p{Lu}.*[.?]$/su, shown);
	if (file === undefined) assert.ok(namedOutside.has(code), shown);
	else assert.ok(line !== undefined && line > 0 && column !== undefined && column > 0, shown);
	const isWholeFile = message === 'a Compose file must hold a mapping of attributes';
	assert.ok(path !== undefined || isWholeFile || withoutPath.has(code), shown);
}
