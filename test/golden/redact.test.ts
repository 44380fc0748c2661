import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { LabcError } from '../../src/errors/labc-error.ts';
import { loadProject } from '../../src/loader/load-project.ts';
import { loadTree } from '../../src/loader/load-tree.ts';
import type { ConfigRequest } from '../../src/use-cases/config-request.ts';
import { explainConfig } from '../../src/use-cases/explain-config.ts';
import { configText } from '../../src/use-cases/show-config.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-redact-')));
const options = {
	files: [],
	projectName: 'lab',
	projectDirectory: undefined,
	profiles: [],
	envFiles: [],
	compatibility: false,
	cwd: folder,
	env: { SEC: 'topsecretvalue', PW: 'wordofthedb', TOK: 'tok' },
};
const write = (text: string): void => writeFileSync(path.join(folder, 'compose.yaml'), text);
const hidden = /topsecretvalue|wordofthedb/;

describe('a declared secret', () => {
	after(() => rmSync(folder, { recursive: true }));

	const views: readonly Partial<ConfigRequest>[] = [
		{},
		{ format: 'json' },
		{ view: 'environment' },
		{ view: 'variables' },
		{ without: ['interpolation'] },
		{ view: 'images' },
		{ view: 'profiles' },
		{ view: 'volumes' },
		{ view: 'networks' },
		{ view: 'models' },
	];
	for (const view of views) {
		test(`is shown nowhere by --redact ${JSON.stringify(view)}`, async () => {
			write(
				'services: {a: {image: "r.example/${SEC}/x:1", command: "run --token ${TOK}", ' +
					'environment: {Y: "${SEC}", Z: "q-${SEC}", DB_PASSWORD: "${PW}", INDIRECT: "x-${PW}-y"}}, ' +
					'b: {image: y, profiles: ["${SEC}"]}}\n' +
					'secrets: {s: {environment: SEC}}\nmodels: {m: {model: "hub/${SEC}"}}\nx-a: "${SEC}"\n',
			);
			const request: ConfigRequest = {
				view: 'project',
				services: [],
				format: undefined,
				hash: '',
				without: [],
				digests: undefined,
				redact: true,
				...view,
			};
			const text = await configText(request, {
				loadProject: (asked) => loadProject(options, asked),
				loadTree: (without) => loadTree(options, { without }),
				engine: () => Promise.reject(new Error('not asked')),
				signal: new AbortController().signal,
			});
			assert.ok(view.view === 'environment' || !/- tok\b/.test(text), text);
			const isPlain = view.view === 'environment';
			assert.doesNotMatch(isPlain ? text.replaceAll('wordofthedb', '') : text, hidden);
			const place = (at: { file: string; line: number; column: number; lineText: string }) => at;
			for (const question of ['${SEC}', 'services.a.environment.Z', 'services.a.environment.INDIRECT']) {
				const asked = { question, format: undefined, redact: true, place };
				assert.doesNotMatch(await explainConfig(asked, await loadTree(options), options), hidden);
			}
		});
	}

	for (const attribute of ['networks: ["${SEC}"]', 'ports: ["${SEC}"]', 'depends_on: ["${SEC}"]']) {
		test(`is told by no diagnostic about ${attribute}`, async () => {
			write(`services: {a: {image: x, ${attribute}}}\nsecrets: {s: {environment: SEC}}\n`);
			await assert.rejects(loadProject(options), (error) => {
				assert.ok(error instanceof LabcError);
				assert.doesNotMatch(JSON.stringify([error.message, error.hint, error.diagnostics, error.warnings]), hidden);
				return true;
			});
		});
	}
});
