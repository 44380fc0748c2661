import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { execute, type Scenario, scenario, whyNoEngine } from './scenario.ts';
import { containerOf, until, untilSays, watching } from './watching.ts';

const skip = whyNoEngine() ?? false;
const timeout = 120_000;

const app = (more: readonly string[] = []): string =>
	[
		'services:',
		'  app:',
		'    image: labc/busybox:latest',
		'    command: sleep 600',
		'    stop_signal: SIGKILL',
		'    develop: {watch: [{path: src, action: sync, target: /app}]}',
		...more,
		'',
	].join('\n');

const lab = (more: readonly string[] = [], files: Readonly<Record<string, string>> = {}): Scenario =>
	scenario({ files: { 'compose.yaml': app(more), 'src/a': '1', ...files } });
const says = (line: string, wanted: string) => ({ service: 'app', line, wanted });
/** How often a watch has begun. */
const begun = (said: string): number => said.split('Watch enabled').length - 1;

describe('while watching, the project’s own files', { skip, concurrency: 1 }, () => {
	test('are read again: the plan is shown and carried out for what is watched, and what was copied is there', {
		timeout,
	}, async () => {
		const other = ['  other: {image: "labc/busybox:latest", command: sleep 600, stop_signal: SIGKILL}'];
		await using made = lab(['    environment: {LR: "0.1"}', ...other]);
		await using watch = await watching(made);
		made.write('src/a', '2');
		await untilSays(made, says('cat /app/a', '2'), watch.said);
		const untouched = await containerOf(made, 'other');
		made.write(
			'compose.yaml',
			app(['    environment: {LR: "0.2"}', other[0]?.replace('601', '600').replace('sleep 600', 'sleep 601') ?? '']),
		);
		await watch.says(
			/ Watch: compose\.yaml changed → the new plan:\n {3}recreate .*-app-1: environment\.LR: 0\.1 → 0\.2\n/,
		);
		await until(() => begun(watch.said()) === 2, watch.said);
		await untilSays(made, says('echo $LR; cat /app/a', '0.2\n2'), watch.said);
		assert.equal(await containerOf(made, 'other'), untouched);
		assert.doesNotMatch(watch.said(), /warning/);
	});

	test('are also `.env`, env files, and files that are included, those that a change brings too', {
		timeout,
	}, async () => {
		await using made = lab(['    environment: {A: "${A-}"}', '    env_file: [{path: b.env, required: false}]'], {
			'.env': 'A=1\n',
		});
		await using watch = await watching(made);
		const see = (wanted: string) => untilSays(made, says('echo $A $B', wanted), watch.said);
		await see('1');
		made.write('.env', 'A=2\n');
		await watch.says(/ Watch: \.env changed → the new plan:\n {3}recreate .*-app-1: environment\.A: 1 → 2/);
		await see('2');
		made.write('b.env', 'B=3\n');
		await watch.says(/ Watch: b\.env changed →/);
		await see('2 3');
		const file = path.join(made.folder, 'compose.yaml');
		const more = (value: string): string =>
			[
				'services:',
				'  later:',
				'    image: labc/busybox:latest',
				'    command: sleep 600',
				'    stop_signal: SIGKILL',
				`    environment: {C: "${value}"}`,
				'    develop: {watch: [{path: ., action: sync, target: /part}]}',
				'',
			].join('\n');
		made.write('part/more.yaml', more('3'));
		writeFileSync(file, `include: [part/more.yaml]\n${readFileSync(file, 'utf8')}`);
		await watch.says(/ {3}create .*-later-1/);
		await until(() => begun(watch.said()) === 4, watch.said);
		made.write('part/more.yaml', more('4'));
		await watch.says(
			/ Watch: part\/more\.yaml changed → the new plan:\n {3}recreate .*-later-1: environment\.C: 3 → 4/,
		);
		await untilSays(made, { service: 'later', line: 'echo $C', wanted: '4' }, watch.said);
	});

	test('may be broken for a while: the place is told, the old watch goes on, and the mended file is taken', {
		timeout,
	}, async () => {
		await using made = lab();
		await using watch = await watching(made);
		const before = await containerOf(made, 'app');
		made.write('compose.yaml', app(['    prots: ["80"]']));
		await watch.says(
			/`compose\.yaml` changed and can't be followed: what runs goes on as it is until it is mended and saved\n +compose\.yaml:7:5: .*prots.*\n +hint: Did you mean `ports`/,
		);
		made.write('src/a', '2');
		await untilSays(made, says('cat /app/a', '2'), watch.said);
		const noRule = readFileSync(path.join(made.folder, 'compose.yaml'), 'utf8').replace(
			/^.*develop.*\n.*prots.*\n/m,
			'',
		);
		made.write('compose.yaml', noRule);
		await watch.says(/saved\n +nothing to watch: no selected service has a `develop\.watch` rule/);
		made.write('compose.yaml', `name: another\n${app()}`);
		await watch.says(/would be another one, `another`/);
		rmSync(path.join(made.folder, 'compose.yaml'));
		await watch.says(/no Compose file in/);
		made.write('src/a', '3');
		await untilSays(made, says('cat /app/a', '3'), watch.said);
		assert.equal(await containerOf(made, 'app'), before);
		const start = watch.said().length;
		made.write('.compose.yaml.new', app(['    hostname: mended']));
		renameSync(path.join(made.folder, '.compose.yaml.new'), path.join(made.folder, 'compose.yaml'));
		await watch.says(/hostname: .* → mended/, start);
		await untilSays(made, says('hostname; cat /app/a', 'mended\n3'), watch.said);
	});

	test('may name what is not there, or is broken: it is followed too, and the reload goes through once it is mended', {
		timeout,
	}, async () => {
		const part = (image: string): string =>
			`services: {part: {extends: {file: base.yaml, service: part}, ${image}, command: sleep 600, stop_signal: SIGKILL}}\n`;
		await using made = lab();
		await using watch = await watching(made);
		made.write('compose.yaml', `include: [new/deep/part.yaml]\n${app(['    env_file: [own/app.env]'])}`);
		await watch.says(/part\.yaml. does not exist/);
		made.write('new/deep/part.yaml', part('imgae: x'));
		await watch.says(/base\.yaml. does not exist(.*\n)+.*imgae/);
		made.write('new/deep/base.yaml', 'services: {part: {hostname: based}}\n');
		made.write('new/deep/part.yaml', part('image: "labc/busybox:latest"'));
		await watch.says(/saved\n +compose\.yaml:8:16: the env file .*app\.env. does not exist/);
		made.write('own/app.env', 'LR=0.3\n');
		await watch.says(/ changed → the new plan:\n {3}recreate .*-app-1: environment\.LR: \(none\) → 0\.3/);
		await untilSays(made, says('echo $LR', '0.3'), watch.said);
		made.write('src/a', '2');
		await untilSays(made, says('cat /app/a', '2'), watch.said);
	});

	test('are also ignore files of builds, that come, change and go', { timeout }, async () => {
		const build = app().replace('image: labc/busybox:latest', 'build: src');
		const dockerfile = 'FROM labc/busybox:latest\n';
		await using made = scenario({
			files: { 'compose.yaml': build, 'src/Dockerfile': dockerfile, 'src/a': '1', 'src/b': '1' },
		});
		await using watch = await watching(made);
		const at = (name: string): string => path.join(made.folder, name);
		let tries = 0;
		/** Writes `a`, `b` and, last, what nothing ignores, until only those of the first two that are wanted come with it. */
		const copies = (wanted: string): Promise<void> =>
			until(async () => {
				tries += 1;
				for (const name of ['a', 'b', 'always']) made.write(`src/${name}`, String(tries));
				await untilSays(made, says('cat /app/always', String(tries)), watch.said);
				const id = (await containerOf(made, 'app')) ?? '';
				const grep = ['exec', id, 'sh', '-c', `cd /app; grep -lx ${tries} a b | tr -d "\\n"`];
				return (await execute('docker', grep)).stdout === wanted;
			}, watch.said);
		await copies('ab');
		made.write('src/.dockerignore', 'b\n');
		await copies('a');
		made.write('src/Dockerfile.dockerignore', 'a\n');
		await copies('b');
		rmSync(at('src/Dockerfile.dockerignore'));
		await copies('a');
		made.write('src/.dockerignore', '[\n');
		await watch.says(/can't be followed: .*\n +`\[` in the `\.dockerignore` of .* is no pattern/);
		await copies('a');
		rmSync(at('src/.dockerignore'));
		await copies('ab');
		mkdirSync(at('src/.dockerignore'));
		await watch.says(/the ignore file `.*src\/\.dockerignore` cannot be read: it is a folder\n/);
		rmSync(at('src/.dockerignore'), { recursive: true });
		made.write('src/.dockerignore', 'a\n');
		await copies('b');
		assert.match(watch.said(), / Watch: src\/Dockerfile\.dockerignore changed →/);
	});

	test('may lose a service: what runs on is told, with what removes it', { timeout }, async () => {
		const extra = ['  extra: {image: "labc/busybox:latest", command: sleep 600, stop_signal: SIGKILL}'];
		await using made = lab(extra);
		await using watch = await watching(made);
		made.write('compose.yaml', app(['    hostname: alone']));
		await watch.says(
			/warning: service `extra` is no longer declared: `.*-extra-1` runs on\n +hint: Run `labc compose .*up -d --remove-orphans`/,
		);
		await untilSays(made, says('hostname', 'alone'), watch.said);
		assert.notEqual(await containerOf(made, 'extra'), undefined);
		const start = watch.said().length;
		made.write('compose.yaml', app(['    hostname: still']));
		await untilSays(made, says('hostname', 'still'), watch.said);
		assert.doesNotMatch(watch.said().slice(start), /extra/);
	});

	test('may be what can’t be carried out: the engine’s reason is told, and the watch goes on', {
		timeout,
	}, async () => {
		await using made = lab();
		await using watch = await watching(made);
		made.write('compose.yaml', app().replace('labc/busybox:latest', 'labct.invalid/none:1'));
		await watch.says(/`compose\.yaml` changed and can't be followed: what runs goes on as it is/);
		made.write('src/a', '2');
		await untilSays(made, says('cat /app/a', '2'), watch.said);
	});

	test('have an image built anew where its build is another one, also while it is being built', {
		timeout,
	}, async () => {
		const compose = (word: string, hostname: string): string =>
			[
				'services:',
				'  app:',
				`    build: {context: img, args: {WORD: ${word}}}`,
				`    hostname: ${hostname}`,
				'    stop_signal: SIGKILL',
				'    develop: {watch: [{path: img, action: rebuild}]}',
				'',
			].join('\n');
		const dockerfile = (line: string) =>
			`FROM labc/busybox:latest\nARG WORD\nRUN ${line}; echo $WORD > /word\nCMD ["sleep", "600"]\n`;
		await using made = scenario({
			files: { 'compose.yaml': compose('one', 'first'), 'img/Dockerfile': dockerfile('true') },
		});
		await using watch = await watching(made);
		await untilSays(made, says('cat /word; hostname', 'one\nfirst'), watch.said);
		made.write('compose.yaml', compose('two', 'first'));
		await untilSays(made, says('cat /word; hostname', 'two\nfirst'), watch.said);
		made.write('img/Dockerfile', dockerfile('sleep 4'));
		await watch.says(/being rebuilt/);
		made.write('compose.yaml', compose('two', 'second'));
		await watch.says(/hostname: first → second/);
		await watch.says(/→ rebuilt in/);
		await untilSays(made, says('cat /word; hostname', 'two\nsecond'), watch.said);
	});

	test('are compared with what was read when all is up: what changed while it was brought up is not lost', {
		timeout,
	}, async () => {
		const compose = (hostname: string): string =>
			[
				'services:',
				'  app:',
				'    build: img',
				`    hostname: ${hostname}`,
				'    environment: {V: "${V:-0}"}',
				'    stop_signal: SIGKILL',
				'    develop: {watch: [{path: src, action: sync, target: /app}]}',
				'',
			].join('\n');
		await using made = scenario({
			files: {
				'compose.yaml': compose('first'),
				'src/a': '1',
				'img/Dockerfile': `FROM labc/busybox:latest\nRUN echo ${performance.now()} begun && sleep 3\nCMD ["sleep", "600"]\n`,
			},
		});
		await using watch = await watching(made, { ready: /begun/ });
		made.write('.env', 'V=3\n');
		made.write('compose.yaml', compose('second'));
		await watch.says(/Watch: (compose\.yaml|\.env) changed → the new plan:/);
		await untilSays(made, says('echo $V; hostname', '3\nsecond'), watch.said);
	});

	test('may name a path that is not there: that is told once, however often they are read, and it is watched when it comes', {
		timeout,
	}, async () => {
		await using made = lab();
		const text = (hostname: string): string => app([`    hostname: ${hostname}`]).replace('path: src', 'path: later');
		made.write('compose.yaml', text('first'));
		await using watch = await watching(made);
		made.write('compose.yaml', text('second'));
		await until(() => begun(watch.said()) === 2, watch.said);
		made.write('later/a', '2');
		await untilSays(made, says('hostname; cat /app/a', 'second\n2'), watch.said);
		assert.equal(watch.said().match(/later` is not there yet/g)?.length, 1, watch.said());
	});

	test('are not followed with `--no-reload`', { timeout }, async () => {
		await using made = lab();
		await using other = lab();
		await using watch = await watching(made, { args: ['watch', '--no-reload'] });
		await using following = await watching(other);
		// Another watch reads its own file again, which changes later, and has carried it out.
		for (const name of ['first', 'second']) {
			for (const each of [made, other]) each.write('compose.yaml', app([`    hostname: ${name}`]));
			await untilSays(other, says('hostname', name), following.said);
			await until(() => begun(following.said()) === (name === 'first' ? 2 : 3), following.said);
		}
		made.write('src/a', '2');
		await untilSays(made, says('cat /app/a', '2'), watch.said);
		assert.doesNotMatch(watch.said(), /compose\.yaml/);
	});
});
