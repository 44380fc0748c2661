import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checked } from '../../../src/sources/user-settings.ts';

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
