import { describe } from 'node:test';
import { checkInotify } from '../../../../src/doctor/checks/inotify.ts';
import { checkFindings } from '../../../support/check-findings.ts';

describe('the limits of watching', () => {
	checkFindings(checkInotify, [
		{ when: 'they are high', status: 'ok', summary: '524288 watches and 512 watchers for each user' },
		{
			when: 'few files may be watched',
			given: { inotify: { watches: 8192, instances: 128 } },
			status: 'warn',
			summary: /^8192 watches/,
			advice: /sysctl fs\.inotify\.max_user_watches=524288`/,
		},
		{
			when: 'both are low',
			given: { inotify: { watches: 8192, instances: 16 } },
			status: 'warn',
			summary: /16 watchers/,
			advice: /max_user_watches=524288 fs\.inotify\.max_user_instances=512`/,
		},
		{ when: 'the system has none', given: { inotify: undefined }, status: 'skip', summary: /does not tell/ },
	]);
});
