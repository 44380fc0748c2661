import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { serviceFiles } from '../../../src/plan/service-files.ts';
import { project, service } from '../../support/plan-cases.ts';

const lab = project({
	services: {},
	secrets: { file: { name: 'lab_file', file: '/lab/s.txt' }, token: { name: 'lab_token', environment: 'TOKEN' } },
	configs: { file: { name: 'lab_cfg', file: '/lab/c.txt' }, text: { name: 'lab_text', content: 'hello' } },
});

const cases: readonly {
	when: string;
	given: Partial<Service>;
	bound?: readonly string[];
	copied?: readonly object[];
}[] = [
	{ when: 'a service has none', given: {} },
	{ when: 'a secret is a file', given: { secrets: [{ source: 'file' }] }, bound: ['/lab/s.txt → /run/secrets/file'] },
	{
		when: 'its target is relative',
		given: { secrets: [{ source: 'file', target: 'deep/name' }] },
		bound: ['/lab/s.txt → /run/secrets/deep/name'],
	},
	{
		when: 'its target is absolute',
		given: { secrets: [{ source: 'file', target: '/etc/x' }] },
		bound: ['/lab/s.txt → /etc/x'],
	},
	{
		when: 'its target is of Windows',
		given: { secrets: [{ source: 'file', target: 'C:\\x' }] },
		bound: ['/lab/s.txt → C:\\x'],
	},
	{ when: 'a config is a file', given: { configs: [{ source: 'file' }] }, bound: ['/lab/c.txt → /file'] },
	{
		when: 'its target is relative',
		given: { configs: [{ source: 'file', target: 'a/b' }] },
		bound: ['/lab/c.txt → /a/b'],
	},
	{
		when: 'a secret is a variable',
		given: { secrets: [{ source: 'token' }] },
		copied: [{ kind: 'secret', source: 'token', target: '/run/secrets/token', mode: 0o444 }],
	},
	{
		when: 'it has an owner and a mode',
		given: { secrets: [{ source: 'token', target: 't', uid: '5', gid: '06', mode: '0400' }] },
		copied: [{ kind: 'secret', source: 'token', target: '/run/secrets/t', uid: 5, gid: 6, mode: 0o400 }],
	},
	{
		when: 'a config is text',
		given: { configs: [{ source: 'text', target: '/etc/text' }] },
		copied: [{ kind: 'config', source: 'text', target: '/etc/text', mode: 0o444 }],
	},
	{ when: 'what is used is not declared', given: { configs: [{ source: 'gone' }] } },
];

describe('serviceFiles', () => {
	for (const { when, given, bound = [], copied = [] } of cases) {
		test(`when ${when}`, () => {
			const files = serviceFiles(service(given), lab);
			assert.deepEqual(
				files.bound.map(({ source, target }) => `${source} → ${target}`),
				bound,
			);
			assert.deepEqual(files.copied, copied);
		});
	}

	test('no content stands in what is planned', () => {
		const given = service({ configs: [{ source: 'text' }], secrets: [{ source: 'token' }] });
		assert.doesNotMatch(JSON.stringify(serviceFiles(given, lab)), /hello/);
	});
});
