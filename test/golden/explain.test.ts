import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { loadTree } from '../../src/loader/load-tree.ts';
import type { ProjectOptions } from '../../src/options/project-options.ts';
import { explainConfig } from '../../src/use-cases/explain-config.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-explain-')));
const files: Readonly<Record<string, string>> = {
	'.env': 'TAG=3\nAPI_TOKEN=abcdef\n',
	'compose.yaml':
		'services:\n  a:\n    image: base:${TAG:-1}\n    ports: ["80:80"]\n    environment: {T: "${API_TOKEN}"}\n' +
		'  e:\n    image: e\n    env_file: [one.env, {path: none.env, required: false}, two.env]\n    environment: {OWN: me}\n' +
		'include: [in/compose.yaml, {path: twice.yaml, env_file: first.env}, {path: twice.yaml, env_file: second.env}]\n',
	'in/compose.yaml': 'services:\n  i:\n    image: in:${LEVEL}-${TAG}-${ONLY}\n',
	'in/.env': 'LEVEL=3\nTAG=7\nONLY=inner\n',
	'twice.yaml': 'services: {w: {image: "w:${LIKE}"}}\n',
	'first.env': 'LIKE=1\nTURN=1\n',
	'second.env': 'TURN=2\nLIKE=1\n',
	'one.env': '# first\nOWN=1\nBOTH=1\nONE="x ${TAG}"\nDB_PASSWORD=hunter22\n',
	'two.env': 'OWN=2\n  export BOTH=2\n',
	'compose.override.yaml': 'services:\n  a:\n    image: over:${TAG}\n    ports: ["80:80"]\n',
};
mkdirSync(path.join(folder, 'in'));
for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);

const options: ProjectOptions = {
	files: [],
	projectName: 'lab',
	projectDirectory: undefined,
	profiles: [],
	envFiles: [],
	compatibility: false,
	cwd: folder,
	env: { TAG: '5' },
};

const explain = async (question: string, redact = false, format?: string): Promise<string> =>
	explainConfig(
		{ question, format, redact, place: (at) => ({ ...at, file: path.relative(folder, at.file) }) },
		await loadTree(options),
		options,
	);

describe('config --explain', () => {
	after(() => rmSync(folder, { recursive: true }));
	const cases = [
		{
			question: 'services.a.image',
			lines: [
				'services.a.image: "over:5"',
				'  written at compose.override.yaml:3:12: over:${TAG}',
				'  ${TAG} is "5", from the environment',
				'    in place of "3", from .env:1:1',
				'  in place of compose.yaml:3:12: base:${TAG:-1}',
			],
		},
		{
			question: 'services.a.ports.0.published',
			lines: ['services.a.ports.0.published: "80"', '  written at compose.override.yaml:4:13: 80:80'],
		},
		{
			question: 'networks.default.name',
			lines: [
				'networks.default.name: "lab_default"',
				'  nobody wrote it: it follows from what stands at compose.override.yaml:1:1',
			],
		},
		{
			question: 'services.e.environment.ONE',
			lines: [
				'services.e.environment.ONE: "x 5"',
				'  written at one.env:4:1: "x ${TAG}"',
				'  ${TAG} is "5", from the environment',
				'    in place of "3", from .env:1:1',
			],
		},
		{
			question: 'services.e.environment.BOTH',
			lines: ['services.e.environment.BOTH: "2"', '  written at two.env:2:3: 2', '  in place of one.env:3:1: 1'],
		},
		{
			question: 'services.e.environment.OWN',
			lines: [
				'services.e.environment.OWN: "me"',
				'  written at compose.yaml:9:24: me',
				'  in place of two.env:1:1: 2',
				'  in place of one.env:2:1: 1',
			],
		},
		{
			question: 'services.i.image',
			lines: [
				'services.i.image: "in:3-5-inner"',
				'  written at in/compose.yaml:3:12: in:${LEVEL}-${TAG}-${ONLY}',
				'  ${LEVEL} is "3", from in/.env:1:1',
				'  ${TAG} is "5", from the environment',
				'    in place of "3", from .env:1:1',
				'    in place of "7", from in/.env:2:1',
				'  ${ONLY} is "inner", from in/.env:3:1',
			],
		},
		{
			question: '${ONLY}',
			lines: ['${ONLY} is not set', 'in the included in/compose.yaml:', '  ${ONLY} is "inner", from in/.env:3:1'],
		},
		{
			question: '${TURN}',
			lines: [
				'${TURN} is not set',
				'in the included twice.yaml:',
				'  ${TURN} is "1", from first.env:2:1',
				'in the included twice.yaml:',
				'  ${TURN} is "2", from second.env:1:1',
			],
		},
		{
			question: 'services.w.image',
			lines: [
				'services.w.image: "w:1"',
				'  written at twice.yaml:1:23: w:${LIKE}',
				'  ${LIKE} is "1", from first.env:1:1',
			],
		},
		{ question: '${TAG}', lines: ['${TAG} is "5", from the environment', '  in place of "3", from .env:1:1'] },
		{ question: '$COMPOSE_PROJECT_NAME', lines: ['${COMPOSE_PROJECT_NAME} is "lab", set by labc'] },
	];
	for (const { question, lines } of cases) {
		test(question, async () => assert.equal(await explain(question), `${lines.join('\n')}\n`));
	}

	test('a credential is hidden on request', async () => {
		assert.equal(await explain('${API_TOKEN}', true), '${API_TOKEN} is "••••", from .env:2:1\n');
	});

	test('a credential of an env file is hidden on request', async () => {
		assert.equal(
			await explain('services.e.environment.DB_PASSWORD', true),
			'services.e.environment.DB_PASSWORD: "••••"\n  written at one.env:5:1: ••••\n',
		);
	});

	test('JSON says the same', async () => {
		const { value, written, variables, replaced } = JSON.parse(await explain('services.a.image', false, 'json'));
		assert.equal(value, 'over:5');
		assert.deepEqual(written, { file: 'compose.override.yaml', line: 3, column: 12, text: 'over:${TAG}' });
		assert.deepEqual(variables[0].set, { value: '5', from: 'environment' });
		assert.deepEqual(replaced, [{ file: 'compose.yaml', line: 3, column: 12, text: 'base:${TAG:-1}' }]);
	});

	test('JSON tells what included files see', async () => {
		const { set, included } = JSON.parse(await explain('${LEVEL}', false, 'json'));
		assert.equal(set, null);
		assert.deepEqual(included, [
			{
				in: 'in/compose.yaml',
				name: 'LEVEL',
				set: { value: '3', from: 'file', file: 'in/.env', line: 1, column: 1 },
				shadowed: [],
			},
		]);
	});

	test('an unknown variable gets a suggestion', async () => {
		await assert.rejects(explain('${TGA}'), { code: 'USAGE_INVALID', hint: 'Did you mean `${TAG}`?' });
	});
});
