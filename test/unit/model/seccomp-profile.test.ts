import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { seccompProfileFile } from '../../../src/model/seccomp-profile.ts';

const cases: readonly [option: string, file: string | undefined][] = [
	['seccomp:./profile.json', './profile.json'],
	['seccomp=/etc/a=b.json', '/etc/a=b.json'],
	['seccomp=unconfined', undefined],
	['seccomp:unconfined', undefined],
	['seccomp=builtin', undefined],
	['no-new-privileges:true', undefined],
	['apparmor=seccomp=x', undefined],
];

describe('seccompProfileFile', () => {
	for (const [option, file] of cases) {
		test(`${option} names ${file ?? 'no file'}`, () => assert.equal(seccompProfileFile(option), file));
	}
});
