/**
 * What loading gives for each case of golden-data/load, compared whole: project.json and project.yaml, or errors.txt.
 * `node test/golden/load.test.ts --update` writes them anew.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { LabcError } from '../../src/errors/labc-error.ts';
import { loadProject } from '../../src/loader/load-project.ts';
import { projectToJson } from '../../src/loader/project-to-json.ts';
import { projectToYaml } from '../../src/loader/project-to-yaml.ts';
import { type LoadCase, loadCases, optionsOf } from '../support/load-cases.ts';

const isUpdate = process.argv.includes('--update');
const goldenNames = ['project.json', 'project.yaml', 'errors.txt'];

describe('loading', () => {
	for (const loadCase of loadCases()) {
		test(loadCase.name, async () => {
			const outcome = await outcomeOf(loadCase);
			if (isUpdate) update(loadCase.folder, outcome);
			const committed = Object.fromEntries(
				goldenNames
					.filter((name) => existsSync(path.join(loadCase.folder, name)))
					.map((name) => [name, readFileSync(path.join(loadCase.folder, name), 'utf8')]),
			);
			assert.deepEqual(committed, outcome);
		});
	}

	test('every folder holds a case', () => {
		for (const { folder, files } of loadCases()) {
			assert.ok(files.length > 0 || readdirSync(folder).includes('compose.yaml'), folder);
		}
	});
});

/** The files that should be there: no golden may outlive what it pinned. */
async function outcomeOf(loadCase: LoadCase): Promise<Record<string, string>> {
	const portable = (text: string): string => text.replaceAll(path.dirname(loadCase.folder), '/cases');
	try {
		const loaded = await loadProject(optionsOf(loadCase), { services: loadCase.services });
		return {
			'project.json': `${portable(projectToJson(loaded.project))}\n`,
			'project.yaml': portable(projectToYaml(loaded)),
		};
	} catch (error) {
		if (!(error instanceof LabcError)) throw error;
		return { 'errors.txt': portable(describeErrors(error)) };
	}
}

const describeErrors = (error: LabcError): string =>
	error.diagnostics
		.map(({ code, at, path: attribute, message, hint }) => {
			const place = at === undefined ? '' : `${at.file}:${at.line}:${at.column} `;
			return `${place}${code} ${attribute ?? ''}\n  ${message}\n  ${hint}\n`;
		})
		.join('');

function update(folder: string, outcome: Readonly<Record<string, string>>): void {
	for (const name of goldenNames) {
		const text = outcome[name];
		if (text === undefined) rmSync(path.join(folder, name), { force: true });
		else writeFileSync(path.join(folder, name), text);
	}
}
