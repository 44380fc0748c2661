import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { loadProject } from '../../src/loader/load-project.ts';

const unnamed = {
	files: [],
	projectName: undefined,
	projectDirectory: undefined,
	profiles: [],
	envFiles: [],
	compatibility: false,
};

/** What a load of such files looks for, whether it fails or not, as seen from their folder; candidates for the first file left out. */
async function lookedFor(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
	const folder = mkdtempSync(path.join(tmpdir(), 'labct-looked-'));
	try {
		for (const [name, text] of Object.entries(files)) {
			mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
			writeFileSync(path.join(folder, name), text);
		}
		const told = new Set<string>();
		const options = { ...unnamed, cwd: folder, env: { PWD: folder } };
		const request = { onFile: (file: string) => void told.add(path.relative(folder, file)) };
		await loadProject(options, request).then(
			({ files: all }) => assert.deepEqual(new Set(all.map((file) => path.relative(folder, file))), told),
			() => told.add('(failed)'),
		);
		return [...told].filter((file) => !/^(docker-)?compose(\.override)?\.ya?ml$/.test(file)).sort();
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const cases: readonly {
	readonly when: string;
	readonly files: Readonly<Record<string, string>>;
	readonly are: readonly string[];
}[] = [
	{
		when: 'nothing is named',
		files: { 'compose.yaml': 'services: {a: {image: x}}' },
		are: ['.env'],
	},
	{
		when: 'what is included, and its `.env`, is not there',
		files: { 'compose.yaml': 'include: [part/more.yaml]\nservices: {a: {image: x}}' },
		are: ['(failed)', '.env', 'part/.env', 'part/more.yaml'],
	},
	{
		when: 'an included file is broken, and so is what came before it',
		files: {
			'compose.yaml': 'include: [one.yaml, two.yaml]\nservices: {a: {image: x}}',
			'one.yaml': 'services: {b: {extends: {file: base.yaml, service: b}}}',
			'base.yaml': 'services: {b: {prots: []}}',
			'two.yaml': 'services: {c: {extends: {file: gone.yaml, service: c}}}',
		},
		are: ['(failed)', '.env', 'base.yaml', 'gone.yaml', 'one.yaml', 'two.yaml'],
	},
	{
		when: 'env and label files are not there, some of which need not be',
		files: {
			'compose.yaml':
				'services: {a: {image: x, env_file: [{path: may.env, required: false}, must.env], label_file: [labels]}}',
		},
		are: ['(failed)', '.env', 'labels', 'may.env', 'must.env'],
	},
	{
		when: 'all is well',
		files: {
			'compose.yaml': [
				'include: [{path: part/more.yaml, env_file: part/own.env}]',
				'services:',
				'  a: {extends: {file: base.yaml, service: a}, env_file: [{path: may.env, required: false}]}',
			].join('\n'),
			'.env': 'A=1',
			'base.yaml': 'services: {a: {image: x}}',
			'part/more.yaml': 'services: {b: {image: y}}',
			'part/own.env': 'B=1',
		},
		are: ['.env', 'base.yaml', 'may.env', 'part/more.yaml', 'part/own.env'],
	},
];

describe('the files that a load looks for are told, also of one that fails, where', () => {
	for (const { when, files, are } of cases) {
		test(when, async () => assert.deepEqual(await lookedFor(files), are));
	}

	test('another Compose file could take the place of the one that was found', async () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'labct-looked-'));
		try {
			writeFileSync(path.join(folder, 'compose.yml'), 'services: {a: {image: x}}');
			const options = { ...unnamed, cwd: folder, env: { PWD: folder } };
			const { files } = await loadProject(options);
			const names = files.map((file) => path.relative(folder, file));
			assert.ok(names.includes('compose.yaml') && names.includes('compose.override.yml'), names.join(' '));
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
