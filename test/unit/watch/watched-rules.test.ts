import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { WatchRule } from '../../../src/model/develop.ts';
import type { Service } from '../../../src/model/service.ts';
import { ignoredByAll, outermostRoots, watchedRules } from '../../../src/watch/watched-rules.ts';
import { service } from '../../support/plan-cases.ts';

const sync = (path: string, more: Partial<WatchRule> = {}): WatchRule => ({
	path,
	action: 'sync',
	target: '/app',
	...more,
});

const watched = (rules: readonly WatchRule[], more: Partial<Service> = {}): Service =>
	service({ ...more, develop: { watch: rules } });

const read = (services: Readonly<Record<string, Service>>, files: Readonly<Record<string, string>> = {}) =>
	watchedRules(new Map(Object.entries(services)), {
		readText: (file) => files[file],
		locate: (path) => ({ file: path.join('.'), line: 1, column: 1, lineText: '' }),
	});

const build = { context: '/lab/api', dockerfile: 'Dockerfile' };

describe('the rules that are watched', () => {
	for (const { services, hint } of [
		{ services: { web: service() }, hint: /^Give `web` a rule under/ },
		{ services: { web: service(), db: service() }, hint: /^Give one of `web`, `db` a rule under/ },
	]) {
		test(`where there is none, ${Object.keys(services).join(' and ')} could be given one`, () => {
			assert.throws(
				() => read(services),
				(error) => error instanceof LabcError && hint.test(error.hint ?? ''),
			);
		});
	}

	const refused: readonly {
		readonly when: string;
		readonly services: Readonly<Record<string, Service>>;
		readonly message: RegExp;
		readonly at?: string;
		readonly files?: Readonly<Record<string, string>>;
	}[] = [
		{ when: 'there is none', services: { web: service() }, message: /no selected service has a `develop.watch` rule/ },
		{
			when: 'what is to be rebuilt has no build',
			services: { web: watched([{ path: '/lab/web', action: 'rebuild' }]) },
			message: /can't be watched with `action: rebuild`: it has no `build`/,
			at: 'services.web.develop.watch.0.action',
		},
		{
			when: 'there is nothing to be run',
			services: { web: watched([sync('/lab/a'), sync('/lab/web', { action: 'sync+exec' })]) },
			message: /`action: sync\+exec`: the rule has no command/,
			at: 'services.web.develop.watch.1.action',
		},
		{
			when: 'a set of a pattern is not closed',
			services: { web: watched([sync('/lab/web', { ignore: ['*.py', '[a-'] })]) },
			message: /^`\[a-` is no pattern/,
			at: 'services.web.develop.watch.0.ignore',
		},
		{
			when: 'a backslash of a pattern stands before nothing',
			services: { web: watched([sync('/lab/web', { include: ['a\\'] })]) },
			message: /^`a\\` is no pattern/,
			at: 'services.web.develop.watch.0.include',
		},
		{
			when: 'a pattern of the ignore file is none',
			services: { web: watched([sync('/lab/web')], { build }) },
			files: { '/lab/api/.dockerignore': '# all\n[x\n' },
			message: /`\[x` in the `.dockerignore` of `\/lab\/api` is no pattern/,
		},
		{
			when: 'the container sees all of it already',
			services: {
				web: watched([sync('/lab/web/src')], { volumes: [{ type: 'bind', source: '/lab/web', target: '/web' }] }),
			},
			message: /^nothing to watch: `\/lab\/web\/src` is not watched for service `web`: .* through the mount at `\/web`/,
		},
	];
	for (const { when, services, message, at, files } of refused) {
		test(`are refused where ${when}`, () => {
			assert.throws(
				() => read(services, files),
				(error) => {
					assert.ok(error instanceof LabcError);
					assert.match(error.message, message);
					assert.equal(error.at?.file, at);
					assert.notEqual(error.hint, undefined);
					return true;
				},
			);
		});
	}

	test('leave out what a mount shows, with a word, but for what is not only copied', () => {
		const volumes = [{ type: 'bind', source: '/lab', target: '/lab' }] as const;
		const exec = { command: ['true'] };
		const { rules, warnings } = read({
			web: watched([sync('/lab/a'), sync('/lab/b', { action: 'sync+exec', exec }), sync('/other')], { volumes }),
		});
		assert.deepEqual(
			rules.map(({ root }) => root),
			['/lab/b', '/other'],
		);
		assert.equal(warnings.length, 1);
	});

	test('take the ignore file of the Dockerfile before that of the folder, and none of another context', () => {
		const files = { '/lab/api/.dockerignore': '*.log', '/lab/api/Dockerfile.dockerignore': '*.tmp' };
		const [rule] = read({ api: watched([sync('/lab/api')], { build }) }, files).rules;
		assert.deepEqual([rule?.covers('/lab/api/a.tmp'), rule?.covers('/lab/api/a.log')], [false, true]);
		const remote = { ...build, context: 'https://example.com/repo.git' };
		const [other] = read({ api: watched([sync('/lab/api')], { build: remote }) }, files).rules;
		assert.equal(other?.covers('/lab/api/a.tmp'), true);
	});

	test('have the outermost folders watched, and only what all of them ignore is not looked into', () => {
		const { rules } = read({
			web: watched([sync('/lab/web', { ignore: ['node_modules', 'deep'] }), sync('/lab/web/deep/kept')]),
			api: watched([sync('/lab/api')]),
		});
		assert.deepEqual(outermostRoots(rules), ['/lab/web', '/lab/api']);
		const isIgnored = ignoredByAll(rules);
		assert.deepEqual(
			['/lab/web/node_modules', '/lab/web/deep', '/lab/web/src', '/lab/api/node_modules'].map(isIgnored),
			[true, false, false, false],
		);
	});
});
