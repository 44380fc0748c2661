import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { docker, type Scenario, scenario, whyNoEngine } from './scenario.ts';
import { containerOf, until, untilSays, watching } from './watching.ts';

const skip = whyNoEngine() ?? false;
const timeout = 120_000;

const service = (name: string, lines: readonly string[], rules: readonly string[]): string =>
	[
		`  ${name}:`,
		...lines.map((line) => `    ${line}`),
		'    command: sleep 600',
		'    stop_signal: SIGKILL',
		...(rules.length === 0 ? [] : ['    develop:', '      watch:', ...rules.map((rule) => `        - ${rule}`)]),
		'',
	].join('\n');

const image = 'image: labc/busybox:latest';
const has = (name: string, line: string, wanted: string) => ({ service: name, line, wanted });
const inside = async (lab: Scenario, line: string): Promise<string> =>
	docker('exec', (await containerOf(lab, 'app')) ?? '', 'sh', '-c', line);
const services = async (lab: Scenario): Promise<readonly string[]> =>
	(await lab.containers()).map(({ Config }) => Config.Labels['com.docker.compose.service'] ?? '');

describe('what is watched', { skip, concurrency: 1 }, () => {
	test('leaves out what ignore files, rules and editors say, and does not look into it', { timeout }, async () => {
		const rules = ['{path: app, action: sync, target: /app, ignore: ["*.log", "cache/"], include: ["**"]}'];
		await using lab = scenario({
			files: {
				'compose.yaml': `services:\n${service('app', ['build: app'], rules)}`,
				'app/Dockerfile': 'FROM labc/busybox:latest\n',
				'app/.dockerignore': 'never\n',
				'app/Dockerfile.dockerignore': '# what others need\nnode_modules\n*\n!src\n!keep.txt\n**/secret*\n',
				'app/src/main': '1',
			},
		});
		for (let nth = 0; nth < 30; nth += 1)
			mkdirSync(path.join(lab.folder, `app/node_modules/m${nth}`), { recursive: true });
		mkdirSync(path.join(lab.folder, 'app/src/.git/objects'), { recursive: true });
		mkdirSync(path.join(lab.folder, 'app/src/cache/deep'), { recursive: true });
		await using watch = await watching(lab);
		const folders = Number(/Watch enabled for app: (\d+) folder/.exec(watch.said())?.[1]);
		assert.ok(folders < 36, `${folders} folders`);
		const leftovers = [
			'.main.swp',
			'4913',
			'main~',
			'.#main',
			'#main#',
			'main___jb_tmp___',
			'.idea/x',
			'.git/objects/x',
		];
		for (const name of leftovers) lab.write(`app/src/${name}`, 'x');
		for (const name of ['app/src/secret.key', 'app/other', 'app/src/cache/x', 'app/src/a.log', 'app/node_modules/m1/x'])
			lab.write(name, 'x');
		lab.write('app/keep.txt', 'kept');
		lab.write('app/src/sub/never', 'said by the other file only');
		await untilSays(
			lab,
			has('app', 'cd /app && find . -type f | sort', './keep.txt\n./src/a.log\n./src/cache/x\n./src/sub/never'),
			watch.said,
		);
	});

	test('is what all rules of all services say, and the later rule wins where two copy to one place', {
		timeout,
	}, async () => {
		const app = [
			'{path: src, action: sync, target: /app}',
			'{path: src/conf, action: sync, target: /etc/conf}',
			'{path: extra, action: sync, target: /app}',
			'{path: one.txt, action: sync, target: /one}',
		];
		const other = ['{path: src, action: sync, target: /other, include: ["*.py"]}'];
		await using lab = scenario({
			files: {
				'compose.yaml': `services:\n${service('app', [image], app)}${service('other', [image], other)}`,
				'src/a': '1',
				'extra/b': '1',
				'one.txt': '1',
			},
		});
		await using watch = await watching(lab);
		lab.write('src/conf/c', 'c');
		lab.write('src/m.py', 'm');
		lab.write('one.txt', 'file');
		await untilSays(lab, has('app', 'cat /app/conf/c /etc/conf/c /app/m.py /one', 'ccmfile'), watch.said);
		await untilSays(lab, has('other', 'cd /other; find . -type f', './m.py'), watch.said);
		lab.write('src/both', 'of src');
		lab.write('extra/both', 'of extra');
		await untilSays(lab, has('app', 'cat /app/both', 'of extra'), watch.said);
	});

	test('is also what links below another watched folder lead to, from the start on', { timeout }, async () => {
		const elsewhere = mkdtempSync(path.join(tmpdir(), 'labc-linked-'));
		mkdirSync(path.join(elsewhere, 'data'));
		for (const name of ['data/first', 'conf']) writeFileSync(path.join(elsewhere, name), '1');
		const app = [
			'{path: ./proj, action: sync, target: /all, initial_sync: true}',
			'{path: ./proj/data, action: sync, target: /data, initial_sync: true}',
			'{path: ./proj/later, action: sync, target: /later}',
		];
		const other = ['{path: ./proj/conf, action: sync, target: /conf}'];
		await using lab = scenario({
			files: {
				'compose.yaml': `services:\n${service('app', [image], app)}${service('other', [image], other)}`,
				'proj/own': '1',
			},
		});
		for (const name of ['data', 'conf']) symlinkSync(path.join(elsewhere, name), path.join(lab.folder, 'proj', name));
		try {
			await using watch = await watching(lab);
			assert.equal(await inside(lab, 'cat /data/first; readlink /all/data'), `1${elsewhere}/data`);
			mkdirSync(path.join(elsewhere, 'data/new'));
			writeFileSync(path.join(elsewhere, 'data/new/second'), '2');
			writeFileSync(path.join(elsewhere, 'conf'), 'two');
			await untilSays(lab, has('app', 'cat /data/new/second', '2'), watch.said);
			await untilSays(lab, has('other', 'cat /conf', 'two'), watch.said);
			rmSync(path.join(elsewhere, 'data/first'));
			symlinkSync(path.join(elsewhere, 'data'), path.join(lab.folder, 'proj/later'));
			await untilSays(lab, has('app', 'ls /data', 'new'), watch.said);
			await untilSays(lab, has('app', 'cat /later/new/second; readlink /all/later', `2${elsewhere}/data`), watch.said);
			lab.write('proj/own', '2');
			await untilSays(lab, has('app', 'cat /all/own', '2'), watch.said);
			assert.doesNotMatch(watch.said(), /warning: (?!.*is not there yet)|other: proj\/(data|own)/);
		} finally {
			rmSync(elsewhere, { recursive: true });
		}
	});

	test('is what was there already where `--no-up` or a running stack says so, and only the services that are named', {
		timeout,
	}, async () => {
		const rules = ['{path: src, action: sync, target: /app}'];
		const files = {
			'compose.yaml': `services:\n${service('one', [image], rules)}${service('two', [image], rules)}`,
			'src/a': '1',
		};
		await using lab = scenario({ files });
		{
			await using watch = await watching(lab, { args: ['watch', '--no-up', 'one'] });
			assert.deepEqual(await services(lab), []);
			await watch.says(/warning: no container of service `one` runs: .*\n +hint: Run `labc compose up -d one`/);
			lab.write('src/early', 'e');
			await watch.says(/ Watch one: src\/early → kept until a container runs\n/);
			assert.equal((await lab.labc('compose', 'up', '-d')).status, 0);
			await untilSays(lab, has('one', 'cat /app/early', 'e'), watch.said);
			assert.doesNotMatch(watch.said(), /two/);
		}
		const before = (await lab.containers()).map(({ Id, State }) => [Id, State.StartedAt]);
		await using watch = await watching(lab, { args: ['watch', 'two'] });
		assert.match(watch.said(), / No change: everything is as declared\n Watch enabled for two:/);
		lab.write('src/a', '2');
		await untilSays(lab, has('two', 'cat /app/a', '2'), watch.said);
		await untilSays(lab, has('one', 'ls /app', 'early'), watch.said);
		assert.deepEqual(
			(await lab.containers()).map(({ Id, State }) => [Id, State.StartedAt]),
			before,
		);
	});

	test('is kept while a container is paused, which is told, and is in it when it goes on', { timeout }, async () => {
		const files = {
			'compose.yaml': `services:\n${service('app', [image], ['{path: src, action: sync, target: /app}'])}`,
			'src/a': '1',
		};
		await using lab = scenario({ files });
		assert.equal((await lab.labc('compose', 'up', '-d')).status, 0);
		const id = (await containerOf(lab, 'app')) ?? '';
		{
			await using watch = await watching(lab);
			assert.doesNotMatch(watch.said(), /warning/);
			await docker('pause', id);
			// The engine's word on it comes later than its answer.
			await until(() => {
				lab.write('src/a', String(performance.now()));
				return / Watch app: src\/a → kept until .*-app-1 is unpaused\n/.test(watch.said());
			}, watch.said);
			lab.write('src/a', 'last');
			await docker('unpause', id);
			await untilSays(lab, has('app', 'cat /app/a', 'last'), watch.said);
			await docker('pause', id);
		}
		await using late = await watching(lab, { args: ['watch', '--no-up'] });
		await late.says(/warning: `.*-app-1` of service `app` is paused: .*\n +hint: Run `labc compose unpause app`/);
		await docker('unpause', id);
	});

	test('keeps replaced images with `--prune=false`, and hides builds with `--quiet`', { timeout }, async () => {
		await using lab = scenario({
			files: {
				'compose.yaml': `services:\n${service('api', ['build: api'], ['{path: api, action: rebuild}'])}`,
				'api/Dockerfile': 'FROM labc/busybox:latest\nRUN echo built with a word\n',
			},
		});
		await using watch = await watching(lab, { args: ['watch', '--prune=false', '--quiet'] });
		const old = (await lab.containers())[0]?.Image ?? '';
		lab.write('api/Dockerfile', 'FROM labc/busybox:latest\nRUN echo built with another word\n');
		await watch.says(/→ rebuilt in/);
		assert.doesNotMatch(watch.said(), /word/);
		await docker('image', 'inspect', old);
		await docker('rmi', old);
	});

	const refused: readonly { readonly when: string; readonly rules: readonly string[]; readonly error: RegExp }[] = [
		{ when: 'no service has a rule', rules: [], error: /no selected service has a `develop\.watch` rule/ },
		{
			when: 'a service without a build is to be rebuilt',
			rules: ['{path: src, action: rebuild}'],
			error: /it has no `build`\n +at compose\.yaml:8:31/,
		},
		{
			when: 'a command is missing',
			rules: ['{path: src, action: sync+exec, target: /a}'],
			error: /the rule has no command\n +at compose\.yaml:8:31/,
		},
		{
			when: 'a target is missing',
			rules: ['{path: src, action: sync}'],
			error: /a watch rule of service `app` with `sync` has no target\n +at compose\.yaml:8:11/,
		},
		{
			when: 'an action is none',
			rules: ['{path: src, action: synch, target: /a}'],
			error: /cannot be `synch`\n +at compose\.yaml:8:31 .*\n.*\n.*\n.*Did you mean `sync`/,
		},
		{
			when: 'a pattern is none',
			rules: ['{path: src, action: sync, target: /a, ignore: ["[x"]}'],
			error: /`\[x` is no pattern: .*\n +at compose\.yaml:8:49/,
		},
	];
	for (const { when, rules, error } of refused) {
		test(`is refused, and nothing is started, where ${when}`, { timeout }, async () => {
			await using lab = scenario({
				files: { 'compose.yaml': `services:\n${service('app', [image], rules)}`, 'src/a': '' },
			});
			for (const line of [['watch'], ['up', '--watch']]) {
				const { status, stderr } = await lab.labc('compose', ...line);
				assert.equal(status, 1);
				assert.match(stderr, error);
			}
			assert.deepEqual(await lab.containers(), []);
		});
	}

	test('is shown and not begun with `--dry-run`', { timeout }, async () => {
		const rules = ['{path: src, action: sync, target: /app, initial_sync: true}'];
		await using lab = scenario({
			files: { 'compose.yaml': `services:\n${service('app', [image], rules)}`, 'src/a': '' },
		});
		const { status, stdout } = await lab.labc('compose', '--dry-run', 'watch');
		assert.equal(status, 0);
		assert.match(stdout, /create .*-app-1/);
		assert.deepEqual(await lab.containers(), []);
		assert.equal((await lab.labc('compose', 'up', '-d')).status, 0);
		assert.equal((await lab.labc('compose', '--dry-run', 'watch')).status, 0);
		const id = (await containerOf(lab, 'app')) ?? '';
		await assert.rejects(docker('exec', id, 'ls', '/app'), /No such file/);
	});

	test('a single file goes into a folder that its target names with a slash, and never takes the place of one', {
		timeout,
	}, async () => {
		const rules = [
			'{path: into.conf, action: sync, target: /app/}',
			'{path: instead.conf, action: sync, target: /app}',
		];
		await using lab = scenario({
			files: { 'compose.yaml': `services:\n${service('app', [image], rules)}`, 'into.conf': '0', 'instead.conf': '0' },
		});
		await using watch = await watching(lab);
		const id = (await containerOf(lab, 'app')) ?? '';
		await docker('exec', id, 'sh', '-c', 'mkdir /app; echo kept > /app/keep');
		lab.write('instead.conf', '1');
		await watch.says(/`\/app` can't be brought into `.*-app-1`: .*cannot overwrite directory/);
		await watch.says(/hint: End the `target` with `\/`/);
		lab.write('into.conf', '1');
		await untilSays(lab, has('app', 'cat /app/into.conf /app/keep', '1kept'), watch.said);
		assert.doesNotMatch(watch.said(), /instead\.conf → synced/);
	});

	test('comes later where its path is not there yet', { timeout }, async () => {
		await using lab = scenario({
			files: {
				'compose.yaml': `services:\n${service('app', [image], ['{path: later/src, action: sync, target: /app}'])}`,
			},
		});
		await using watch = await watching(lab);
		assert.match(watch.said(), /warning: `.*\/later\/src` is not there yet: it is watched as soon as it comes/);
		lab.write('later/src/a', '1');
		await untilSays(lab, has('app', 'cat /app/a', '1'), watch.said);
		writeFileSync(path.join(lab.folder, 'later/src/a'), '2');
		await untilSays(lab, has('app', 'cat /app/a', '2'), watch.said);
	});
});
