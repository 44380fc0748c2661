import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type Outcome, type Scenario, scenario, whyNoEngine } from './scenario.ts';

/** Leaves a trace when it is run, wherever the code that loads it came from. */
const trap = (name: string): string =>
	`require('node:fs').writeFileSync(${JSON.stringify(`TRAP/sprung-${name}`)}, ''); throw new Error('sprung ${name}');`;

/** Every package that labc's own code names, or that those name. */
const packages = [
	'yaml',
	'ajv',
	'dockerode',
	'docker-modem',
	'ssh2',
	'cpu-features',
	'listr2',
	'log-update',
	'dotenv',
	'chokidar',
];

const compose = `
services:
  web:
    image: labc/busybox:latest
    command: ["sleep", "600"]
    stop_grace_period: 0s
    environment:
      FROM_ENV: \${FROM_ENV-unset}
      FROM_LOCAL: \${FROM_LOCAL-unset}
`;

function hostileFolder(): Scenario {
	const made = scenario({ files: { 'compose.yaml': compose } });
	const write = (file: string, text: string): void => made.write(file, text.replaceAll('TRAP', made.folder));
	write(
		'.env',
		[
			'FROM_ENV=dotenv',
			'DOCKER_HOST=tcp://192.0.2.1:1',
			'LABC_PROGRESS=json',
			'LABC_DEBUG=1',
			'BUN_BE_BUN=1',
			'BUN_OPTIONS=--preload=./trap.ts',
			'NODE_OPTIONS=--require ./trap.ts',
			'PATH=/nonexistent',
		].join('\n'),
	);
	for (const file of ['.env.local', '.env.production', '.env.development']) write(file, 'FROM_LOCAL=sprung\n');
	write('trap.ts', trap('preload'));
	write('bunfig.toml', 'preload = ["./trap.ts"]\n[run]\npreload = ["./trap.ts"]\n');
	write('package.json', JSON.stringify({ type: 'commonjs', imports: { '#a': './trap.ts' }, main: './trap.ts' }));
	write('tsconfig.json', JSON.stringify({ compilerOptions: { baseUrl: '.', paths: { '*': ['./trap.ts'] } } }));
	for (const name of packages) {
		write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '99.0.0', main: 'index.js' }));
		write(`node_modules/${name}/index.js`, trap(name));
	}
	return made;
}

function assertNothingSprang({ folder }: Scenario, outcome: Outcome): void {
	const sprung = readdirSync(folder).filter((name) => name.startsWith('sprung-'));
	assert.deepEqual(sprung, [], outcome.stderr);
	assert.doesNotMatch(outcome.stdout + outcome.stderr, /sprung/);
}

describe('a folder with hostile files', () => {
	for (const args of [['version'], ['--help'], ['compose', '--help'], ['compose', 'version'], ['compose', 'nope']]) {
		test(`does nothing to \`labc ${args.join(' ')}\``, async () => {
			await using folder = hostileFolder();
			const outcome = await folder.labc(...args);
			assertNothingSprang(folder, outcome);
			assert.equal(outcome.status, args.includes('nope') ? 1 : 0, outcome.stderr);
		});
	}

	test('gives the Compose file its `.env`, and nothing else of it', async () => {
		await using folder = hostileFolder();
		const outcome = await folder.labc('compose', 'config');
		assertNothingSprang(folder, outcome);
		assert.equal(outcome.status, 0, outcome.stderr);
		assert.match(outcome.stdout, /FROM_ENV: dotenv/);
		assert.match(outcome.stdout, /FROM_LOCAL: unset/);
	});

	test('does not choose the engine', async () => {
		await using folder = hostileFolder();
		const socket = path.join(folder.folder, 'none.sock');
		assert.ok(!existsSync(socket));
		const outcome = await folder.labc('-H', `unix://${socket}`, 'compose', 'ps');
		assertNothingSprang(folder, outcome);
		assert.equal(outcome.status, 1);
		assert.match(outcome.stderr, /^error: /);
		assert.doesNotMatch(outcome.stderr, /192\.0\.2\.1/);
	});

	test('is brought up and down as any other', { skip: whyNoEngine() ?? false }, async () => {
		await using folder = hostileFolder();
		for (const args of [
			['up', '-d'],
			['--progress', 'tty', 'up', '-d', '--force-recreate'],
			['exec', '-T', 'web', 'true'],
			['down'],
		]) {
			const outcome = await folder.labc('compose', ...args);
			assertNothingSprang(folder, outcome);
			assert.equal(outcome.status, 0, `${args.join(' ')}: ${outcome.stderr}`);
		}
	});
});
