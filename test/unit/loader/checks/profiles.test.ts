import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Findings } from '../../../../src/errors/findings.ts';
import { warnOfProfiles } from '../../../../src/loader/checks/profiles.ts';
import type { Service } from '../../../../src/model/service.ts';

const services = new Map<string, Service>([
	['web', { command: null, entrypoint: null }],
	['debug', { command: null, entrypoint: null, profiles: ['debug', 'dev'] }],
]);

const cases: readonly { when: string; profiles: string[]; warnings: string[] }[] = [
	{ when: 'no profile is active', profiles: [], warnings: [] },
	{ when: 'a service has it', profiles: ['debug'], warnings: [] },
	{ when: 'all are active', profiles: ['*'], warnings: [] },
	{ when: 'it is of another project', profiles: ['production'], warnings: [] },
	{
		when: 'it is mistyped',
		profiles: ['dev', 'debgu'],
		warnings: ['no service has the profile `debgu` Did you mean `debug`?'],
	},
];

describe('active profiles', () => {
	for (const { when, profiles, warnings } of cases) {
		test(`when ${when}`, () => {
			const findings = new Findings();
			warnOfProfiles(profiles, services, findings);
			assert.equal(findings.hasErrors, false);
			assert.deepEqual(
				findings.warnings.map(({ message, hint }) => `${message} ${hint}`),
				warnings,
			);
		});
	}
});
