import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { withSeccompProfiles } from '../../../src/execute/seccomp-profiles.ts';
import { containerSpec } from '../../support/container-spec.ts';

const workingDir = mkdtempSync(join(tmpdir(), 'labc-seccomp-'));
writeFileSync(join(workingDir, 'profile.json'), '{ "defaultAction": "SCMP_ACT_ALLOW",\n "n": [1, 2] }\n');
writeFileSync(join(workingDir, 'broken.json'), '{');
after(() => rmSync(workingDir, { recursive: true }));

const optionsOf = async (security_opt: readonly string[]) =>
	(await withSeccompProfiles(containerSpec('web', { service: { security_opt } }), { workingDir })).service.security_opt;

describe('withSeccompProfiles', () => {
	test('the file of a profile, seen from the project, gives way to what it holds, without blanks', async () => {
		assert.deepEqual(await optionsOf(['no-new-privileges:true', 'seccomp:./profile.json']), [
			'no-new-privileges:true',
			'seccomp={"defaultAction":"SCMP_ACT_ALLOW","n":[1,2]}',
		]);
	});

	test('words stay', async () => {
		assert.deepEqual(await optionsOf(['seccomp=unconfined']), ['seccomp=unconfined']);
	});

	const refusals: readonly [option: string, code: string][] = [
		['seccomp=absent.json', 'SOURCE_NOT_FOUND'],
		['seccomp=broken.json', 'VALUE_INVALID'],
	];
	for (const [option, code] of refusals) {
		test(`${option} is refused`, () => assert.rejects(optionsOf([option]), { code }));
	}
});
