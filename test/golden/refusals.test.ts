/**
 * What each kind of refusal says: code, place, attribute, message and hint, for the projects of golden-data/refusals.
 * `node test/golden/refusals.test.ts --update` writes them anew.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { LabcError } from '../../src/errors/labc-error.ts';
import { loadProject } from '../../src/loader/load-project.ts';
import { layOut, type RefusalCase, refusalCases, updateErrors } from '../support/refusal-cases.ts';

const isUpdate = process.argv.includes('--update');
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-refusals-')));
after(() => rmSync(scratch, { recursive: true, force: true }));

describe('a refusal says what, where and what next', () => {
	for (const refusal of refusalCases()) {
		test(refusal.name, async () => {
			const errors = await errorsOf(refusal);
			if (isUpdate) updateErrors(refusal, errors);
			else assert.equal(errors, refusal.errors);
		});
	}
});

async function errorsOf(refusal: RefusalCase): Promise<string> {
	const folder = path.join(scratch, refusal.name);
	const portable = (text: string): string => text.replaceAll(folder, '/lab');
	const error = await refusalOf(refusal, folder);
	const found = error.diagnostics.length > 0 ? error.diagnostics : [error];
	return portable(found.map(describeError).join(''));
}

async function refusalOf(refusal: RefusalCase, folder: string): Promise<LabcError> {
	const services = refusal.options.services ?? [];
	try {
		await loadProject(layOut(refusal, folder), { services });
	} catch (error) {
		if (error instanceof LabcError) return error;
		throw error;
	}
	throw new Error('the project is accepted');
}

/** A caret under the source line, where the text has one. */
function describeError(error: LabcError | LabcError['diagnostics'][number]): string {
	const { code, at, message, hint } = error;
	const attribute = 'path' in error ? error.path : undefined;
	const place = at === undefined ? '-' : `${path.basename(at.file)}:${at.line}:${at.column}`;
	const excerpt = at === undefined ? '' : `  | ${at.lineText}\n  | ${' '.repeat(at.column - 1)}^\n`;
	return `${code} ${place} ${attribute ?? '-'}\n${excerpt}  ${message}\n  ${hint}\n`;
}
