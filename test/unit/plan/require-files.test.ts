import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { Config } from '../../../src/model/config.ts';
import type { Secret } from '../../../src/model/secret.ts';
import type { Service } from '../../../src/model/service.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { ownerWarnings, requireFiles } from '../../../src/plan/require-files.ts';
import { container, project, service, state, stateOf } from '../../support/plan-cases.ts';

const declared = (given: Secret | Config) => ({ secrets: new Map([['s', given]]), configs: new Map([['s', given]]) });

function problems(given: Secret | Config, use: Partial<Service>, isSet = true): readonly string[] {
	try {
		requireFiles([['web', service(use)]], declared(given), { isSet: () => isSet });
	} catch (error) {
		if (!(error instanceof LabcError)) throw error;
		return error.diagnostics.map(({ code, message, path }) => `${code} ${path}: ${message}`);
	}
	return [];
}

const secret: Partial<Service> = { secrets: [{ source: 's' }] };
const config: Partial<Service> = { configs: [{ source: 's' }] };

const cases: readonly {
	when: string;
	given: Secret | Config;
	use?: Partial<Service>;
	isSet?: boolean;
	says: readonly RegExp[];
}[] = [
	{ when: 'it is a file', given: { name: 's', file: '/f' }, says: [] },
	{ when: 'its variable is set', given: { name: 's', environment: 'S' }, says: [] },
	{
		when: 'its variable is not set',
		given: { name: 's', environment: 'S' },
		isSet: false,
		says: [/^VARIABLE_REQUIRED secrets\.s\.environment: environment variable `S` required by secret `s` is not set$/],
	},
	{
		when: 'the variable of a config is not set',
		given: { name: 's', environment: 'S' },
		use: config,
		isSet: false,
		says: [/^VARIABLE_REQUIRED configs\.s\.environment: .* required by config `s`/],
	},
	{
		when: 'it is used twice, it is told once',
		given: { name: 's', environment: 'S' },
		use: { secrets: [{ source: 's' }, { source: 's', target: 'again' }] },
		isSet: false,
		says: [/^VARIABLE_REQUIRED/],
	},
	{
		when: 'it is external',
		given: { name: 's', external: true },
		says: [/^ATTRIBUTE_UNSUPPORTED secrets\.s\.external: unsupported external secret `s`/],
	},
	{ when: 'it has a driver', given: { name: 's', driver: 'd' }, says: [/secrets\.s\.driver: unsupported driver/] },
	{
		when: 'it is a template',
		given: { name: 's', file: '/f', template_driver: 'golang' },
		use: config,
		says: [/configs\.s\.template_driver/],
	},
	{
		when: 'a text has to be written into a read-only container',
		given: { name: 's', content: 'x' },
		use: { ...config, read_only: true },
		says: [/^ATTRIBUTE_UNSUPPORTED services\.web\.configs\.0: cannot create config `s` in a read-only service/],
	},
	{
		when: 'a file is mounted into one',
		given: { name: 's', file: '/f' },
		use: { ...secret, read_only: true },
		says: [],
	},
	{
		when: 'its owner is a name',
		given: { name: 's', content: 'x' },
		use: { configs: [{ source: 's', uid: 'ada' }] },
		says: [/^VALUE_INVALID services\.web\.configs\.0: `ada` is no user or group/],
	},
];

describe('requireFiles', () => {
	for (const { when, given, use = secret, isSet, says } of cases) {
		test(`when ${when}`, () => {
			const found = problems(given, use, isSet);
			assert.equal(found.length, says.length, found.join('\n'));
			for (const [index, pattern] of says.entries()) assert.match(found[index] ?? '', pattern);
		});
	}

	test('a problem stands where it was written', () => {
		const at = { file: 'compose.yaml', line: 9, column: 3, lineText: '    environment: S' };
		const places: string[] = [];
		const locate = (path: readonly (string | number)[]) => {
			places.push(path.join('.'));
			return at;
		};
		const check = () =>
			requireFiles([['web', service(secret)]], declared({ name: 's', environment: 'S' }), {
				locate,
				isSet: () => false,
			});
		assert.throws(check, (error) => error instanceof LabcError && error.at === at);
		assert.deepEqual(places, ['secrets.s.environment']);
	});
});

describe('an up', () => {
	const lab = project({ services: { web: service(secret) }, secrets: { s: { name: 's', environment: 'S' } } });
	const unset = { isSet: () => false };

	test('refuses before anything is made', () => {
		assert.throws(() => planUp(lab, state(), unset), { code: 'VARIABLE_REQUIRED' });
	});

	test('does not ask for what a running container has already', () => {
		const running = stateOf(lab, { containers: [container(lab, { service: 'web' })] });
		assert.deepEqual(planUp(lab, running, unset).steps, []);
	});

	test('asks for it again where the container is started', () => {
		const stopped = stateOf(lab, { containers: [container(lab, { service: 'web', state: 'exited' })] });
		assert.throws(() => planUp(lab, stopped, unset), { code: 'VARIABLE_REQUIRED' });
	});
});

describe('ownerWarnings', () => {
	const warned = (given: Secret, use: Partial<Service>): readonly string[] =>
		ownerWarnings('web', service(use), { project: declared(given) }).map(({ message }) => message);

	test('a mounted file keeps its own owner and mode', () => {
		const use = { secrets: [{ source: 's', mode: '0400' }, { source: 's' }, { source: 's', uid: '1' }] };
		assert.deepEqual(warned({ name: 's', file: '/f' }, use).length, 2);
		assert.match(warned({ name: 's', file: '/f' }, use)[0] ?? '', /`uid`, `gid` and `mode` are ignored/);
	});

	test('one that is written in gets them', () => {
		assert.deepEqual(warned({ name: 's', environment: 'S' }, { secrets: [{ source: 's', mode: '0400' }] }), []);
	});
});
