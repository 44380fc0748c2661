import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { openEngineProxy } from '../support/engine-proxy.ts';
import { docker, scenario, whyNoEngine } from './scenario.ts';

const compose = (mode: string): string => `services:
  web:
    image: labc/busybox:latest
    command: sleep 900
    init: true
    stop_grace_period: 0s
    environment: {MODE: ${mode}}
    secrets: [token]
    volumes: ['data:/data']
  built: {build: {context: ., dockerfile_inline: 'FROM labc/busybox:latest'}, profiles: [later]}
  pulled: {image: 'localhost:1/labc-missing:1', profiles: [later]}
volumes: {data: {}}
secrets: {token: {file: ./token}}
`;

const lines = [
	'plan',
	'plan --format json',
	'plan -o saved.json',
	'plan --drift',
	'plan --force-recreate',
	'--profile later plan',
	'ps --drift',
	'--dry-run up',
	'--dry-run up -d --build',
	'--profile later --dry-run up -d',
	'--dry-run create',
	'--dry-run start',
	'--dry-run stop',
	'--dry-run restart',
	'--dry-run kill',
	'--dry-run pause',
	'--dry-run rm -f -s',
	'--dry-run scale web=3',
	'--dry-run run --rm web true',
	'--profile later --dry-run build',
	'--profile later --dry-run pull',
	'--dry-run wait --down-project web',
	'--dry-run scale --no-deps web=0',
	'--dry-run exec web true',
	'--dry-run down -v --rmi all --remove-orphans',
];

describe('planning', { skip: whyNoEngine() ?? false }, () => {
	test('writes nothing to the engine and nothing to the disk, whatever is planned', async (t) => {
		await using lab = scenario({ files: { 'compose.yaml': compose('one'), token: 'one' }, env: { LABC_CACHE: 'off' } });
		assert.equal((await lab.labc('compose', 'up', '-d')).status, 0);
		lab.write('compose.yaml', compose('two'));
		lab.write('token', 'two');
		await using proxy = await openEngineProxy();
		const before = readdirSync(path.dirname(lab.folder), { recursive: true });
		for (const line of lines) {
			await t.test(line, async () => {
				proxy.clear();
				const done = await lab.labc('-H', proxy.host, 'compose', ...line.split(' '));
				assert.equal(done.status, 0, done.stderr);
				assert.notEqual(done.stdout, '');
				assert.deepEqual(proxy.writes(), []);
				assert.ok(proxy.requests().length > 0 || line.endsWith(' build'));
			});
		}
		const saved = path.join(lab.project, 'saved.json');
		assert.deepEqual(readdirSync(path.dirname(lab.folder), { recursive: true }).sort(), [...before, saved].sort());
	});
});

interface Drifted {
	readonly field: string;
	readonly mendedBy: string;
}

describe('what was changed by hand', { skip: whyNoEngine() ?? false }, () => {
	const changes: readonly {
		readonly when: string;
		readonly line: string;
		readonly fields: readonly string[];
		readonly by: string;
	}[] = [
		{
			when: 'limits and the restart policy were updated',
			line: 'update --memory 64m --memory-swap 64m --cpus 0.5 --restart always @-web-1',
			fields: ['cpus', 'mem_limit', 'restart'],
			by: 'up --drift',
		},
		{
			when: 'it was connected to another network',
			line: 'network connect @_other @-web-1',
			fields: ['networks.other'],
			by: 'up --drift',
		},
		{
			when: 'it was disconnected',
			line: 'network disconnect @_default @-web-1',
			fields: ['networks.default'],
			by: 'up',
		},
		{ when: 'it was renamed', line: 'rename @-web-1 @-mine', fields: ['container_name'], by: 'up' },
		{ when: 'it was paused', line: 'pause @-web-1', fields: ['state'], by: 'up' },
		{ when: 'it was stopped', line: 'stop -t0 @-web-1', fields: ['state'], by: 'up' },
		{ when: 'it was removed', line: 'rm -f @-web-1', fields: ['container'], by: 'up' },
	];

	test('is told field by field, and mended by the command that is named', async (t) => {
		await using lab = scenario({
			files: {
				'compose.yaml': `services:
  web: {image: 'labc/busybox:latest', command: [sleep, '900'], init: true, stop_grace_period: 0s}
networks: {other: {name: '\${COMPOSE_PROJECT_NAME}_other'}}
`,
			},
		});
		const drift = async (): Promise<readonly Drifted[]> => {
			const { stdout, stderr, status } = await lab.labc('compose', 'ps', '--drift', '--format', 'json');
			assert.equal(status, 0, stderr);
			return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Drifted]));
		};
		const up = async (...flags: readonly string[]): Promise<void> => {
			const { status, stderr } = await lab.labc('compose', 'up', '-d', ...flags);
			assert.equal(status, 0, stderr);
		};
		await up();
		await docker('network', 'create', '--label', `com.docker.compose.project=${lab.project}`, `${lab.project}_other`);
		assert.deepEqual(await drift(), []);
		for (const { when, line, fields, by } of changes) {
			await t.test(`when ${when}`, async () => {
				await docker(...line.replaceAll('@', lab.project).split(' '));
				const found = await drift();
				assert.deepEqual(found.map(({ field }) => field.replace(`${lab.project}_`, '')).sort(), fields);
				assert.deepEqual(new Set(found.map(({ mendedBy }) => mendedBy)), new Set([by]));
				await up();
				assert.equal((await drift()).length > 0, by !== 'up');
				await up('--drift');
				assert.deepEqual(await drift(), []);
			});
		}
	});
});
