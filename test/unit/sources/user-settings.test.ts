import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checked, readUserSettings } from '../../../src/sources/user-settings.ts';

test('known settings pass', () => {
	assert.deepEqual(checked({ DOCKER_HOST: 'unix:///x' }, 'f'), { DOCKER_HOST: 'unix:///x' });
});

test('a setting without effect is refused with a guess', () => {
	assert.throws(() => checked({ DOCKER_HOSTS: 'x' }, 'f'), {
		code: 'ENV_FILE_INVALID',
		hint: 'Did you mean `DOCKER_HOST`?',
	});
});

test('what a Compose file could see is no setting', () => {
	assert.throws(() => checked({ JUPYTER_PORT: '1' }, 'f'), { code: 'ENV_FILE_INVALID' });
});

/** What a read gives and tells, where the file holds `text` or reading it fails with a code. */
async function read(file: { readonly text?: string; readonly fails?: string }) {
	const warnings: string[] = [];
	const settings = await readUserSettings(
		{ HOME: '/home/other' },
		{
			readText(path) {
				if (file.fails !== undefined) throw Object.assign(new Error(path), { code: file.fails });
				return file.text ?? '';
			},
			warn: ({ message }) => void warnings.push(message),
		},
	);
	return { settings, warnings };
}

describe('readUserSettings', () => {
	test('reads the file of the home folder', async () => {
		assert.deepEqual(await read({ text: 'LABC_PROGRESS=plain' }), {
			settings: { LABC_PROGRESS: 'plain' },
			warnings: [],
		});
	});
	test('goes on without a file that is not there', async () => {
		assert.deepEqual(await read({ fails: 'ENOENT' }), { settings: {}, warnings: [] });
	});
	for (const code of ['EACCES', 'EISDIR']) {
		test(`says once that a file cannot be read (${code}), and goes on`, async () => {
			const message = `the settings file \`/home/other/.config/labc/settings.env\` cannot be read (${code}); labc goes on without it`;
			assert.deepEqual(await read({ fails: code }), { settings: {}, warnings: [message] });
		});
	}
});
