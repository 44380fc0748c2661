import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, test } from 'node:test';
import { docker, execute, type Scenario, scenario, whyNoEngine } from './scenario.ts';
import { containerOf, until, untilSays, watching } from './watching.ts';

const skip = whyNoEngine() ?? false;
const timeout = 120_000;

interface Given {
	readonly target?: string;
	/** More of the rule. */
	readonly action?: string;
	/** Further lines of the service. */
	readonly service?: readonly string[];
	/** Further lines of the file. */
	readonly file?: readonly string[];
	readonly files?: Readonly<Record<string, string>>;
}

/** One service with one rule that copies `src`. */
function lab({
	target = '/app',
	action = 'action: sync',
	service = ['image: labc/busybox:latest'],
	file = [],
	files = {},
}: Given = {}): Scenario {
	const text = [
		'services:',
		'  app:',
		...service.map((line) => `    ${line}`),
		...(service.some((line) => line.startsWith('command')) ? [] : ['    command: sleep 600']),
		'    stop_signal: SIGKILL',
		'    develop:',
		'      watch:',
		`        - {path: src, ${action}, target: ${target}}`,
		...file,
		'',
	].join('\n');
	return scenario({ files: { 'compose.yaml': text, 'src/first': '1', ...files } });
}

const at = (made: Scenario, name: string): string => path.join(made.folder, 'src', name);
const app = (line: string, wanted: string | RegExp) => ({ service: 'app', line, wanted });
const count = (text: string, pattern: RegExp): number => text.match(new RegExp(pattern, 'g'))?.length ?? 0;

/** Runs what follows where the system lets nobody watch more than five folders. */
const limited = 'echo 5 > /proc/sys/user/max_inotify_watches && exec "$@"';
const withFewWatches = ['unshare', '-Ur', 'sh', '-c', limited, 'sh'];

describe('watch with files that were made to mislead it', { skip, concurrency: 1 }, () => {
	test('a link that leads out of the watched folder is copied as a link, and nothing behind it is read', {
		timeout,
	}, async () => {
		await using made = lab({ files: { 'outside/secret': 'host only' } });
		await using watch = await watching(made);
		symlinkSync(path.join(made.folder, 'outside'), at(made, 'folder'));
		symlinkSync(path.join(made.folder, 'outside/secret'), at(made, 'file'));
		await untilSays(
			made,
			app('readlink /app/folder; readlink /app/file', /\/outside\n.*\/outside\/secret$/),
			watch.said,
		);
		writeFileSync(path.join(made.folder, 'outside/secret'), 'changed');
		mkdirSync(at(made, 'swapped'));
		writeFileSync(at(made, 'swapped/secret'), 'ours');
		await untilSays(made, app('cat /app/swapped/secret', 'ours'), watch.said);
		rmSync(at(made, 'swapped'), { recursive: true });
		symlinkSync('../outside', at(made, 'swapped'));
		await untilSays(made, app('readlink /app/swapped', '../outside'), watch.said);
		await untilSays(made, app('grep -rl "host only\\|changed" /app /outside 2>/dev/null; echo no', 'no'), watch.said);
	});

	test('a link in the container is followed at and above the target, and replaced below it', { timeout }, async () => {
		await using made = lab({
			target: '/srv/app/here',
			service: [
				'image: labc/busybox:latest',
				'command: sh -c "mkdir -p /real/app /else /keep; ln -s /real /srv; ln -s /else /real/app/here; ln -s /keep /else/sub; echo kept > /keep/f; exec sleep 600"',
			],
		});
		await using watch = await watching(made);
		await untilSays(made, app('cat /keep/f', 'kept'), watch.said);
		made.write('src/one', '1');
		await untilSays(made, app('cat /else/one', '1'), watch.said);
		made.write('src/sub/f', '2');
		await untilSays(made, app('cat /else/sub/f; readlink /else/sub', '2'), watch.said);
		await untilSays(made, app('cat /keep/f', 'kept'), watch.said);
		rmSync(at(made, 'sub'), { recursive: true });
		await untilSays(made, app('ls /else', 'one'), watch.said);
		await untilSays(made, app('cat /keep/f', 'kept'), watch.said);
	});

	test('nothing is deleted through a link that came in the place of a folder', { timeout }, async () => {
		await using made = lab({ files: { 'src/d/f': '1' } });
		await using watch = await watching(made);
		writeFileSync(at(made, 'd/f'), '2');
		await untilSays(made, app('cat /app/d/f', '2'), watch.said);
		const id = (await containerOf(made, 'app')) ?? '';
		await docker('exec', id, 'sh', '-c', 'mkdir /keep; echo kept > /keep/f; rm -r /app/d; ln -s /keep /app/d');
		rmSync(at(made, 'd/f'));
		made.write('src/after', '1');
		await untilSays(made, app('cat /app/after /keep/f; ls -A /app/d/', /^1kept$/), watch.said);
	});

	test('a target above the root of the container is below it, and the host’s own files stay', { timeout }, async () => {
		await using made = lab({ target: '../../etc' });
		await using watch = await watching(made);
		const before = readFileSync('/etc/passwd', 'utf8');
		made.write('src/passwd', 'in the container');
		await untilSays(made, app('cat /etc/passwd', 'in the container'), watch.said);
		assert.equal(readFileSync('/etc/passwd', 'utf8'), before);
	});

	test('names that look like options, paths or code are names', { timeout }, async () => {
		await using made = lab();
		await using watch = await watching(made);
		const names = [
			'-rf',
			'--',
			'$(touch x)',
			'a b',
			"it's",
			'*',
			'\\n',
			'é',
			'two\nlines',
			'//x'.slice(1).replace('/', '；'),
		];
		for (const name of names) writeFileSync(at(made, name), name);
		await untilSays(made, app('ls -A /app | wc -l', String(names.length + 1)), watch.said);
		for (const name of names) rmSync(at(made, name));
		made.write('src/after', '1');
		await untilSays(made, app('ls -A /app; ls -d /bin', 'after\n/bin'), watch.said);
	});

	test('a pipe and a socket are told of and left out, and hold up nothing', { timeout }, async () => {
		await using made = lab();
		await using watch = await watching(made);
		await execute('mkfifo', [at(made, 'pipe')]);
		const server = createServer().listen(at(made, 'socket'));
		try {
			await watch.says(/pipe` is no file, folder or link, and is left out/);
			await watch.says(/socket` is no file, folder or link, and is left out/);
			made.write('src/after', '1');
			await untilSays(made, app('ls -A /app', 'after'), watch.said);
			assert.doesNotMatch(watch.said(), /(pipe|socket) → synced/);
		} finally {
			server.close();
		}
	});

	test('a file that may not be read is told of once, and copied when it may', {
		timeout,
		skip: process.getuid?.() !== 0 && 'only root can give up its rights for this',
	}, async () => {
		await using made = lab();
		const rights = '-dac_override,-dac_read_search';
		await using watch = await watching(made, { under: ['setpriv', '--bounding-set', rights, '--inh-caps', rights] });
		writeFileSync(at(made, 'closed'), '1');
		chmodSync(at(made, 'closed'), 0);
		made.write('src/open', '1');
		await watch.says(/src\/closed` can't be read: .*permission denied/i);
		await untilSays(made, app('cat /app/open', '1'), watch.said);
		made.write('src/open', '2');
		await untilSays(made, app('cat /app/open', '2'), watch.said);
		assert.doesNotMatch(watch.said(), /closed → synced|more → synced/);
		chmodSync(at(made, 'closed'), 0o600);
		await untilSays(made, app('cat /app/closed; stat -c %a /app/closed', '1600'), watch.said);
		assert.equal(count(watch.said(), /can't be read/), 1, watch.said());
	});

	test('a folder that may not be read is told once, and what the container has of it is kept', {
		timeout,
		skip: process.getuid?.() !== 0 && 'only root can give up its rights for this',
	}, async () => {
		await using made = lab({ files: { 'src/closed/inner': '1', 'src/open/deep/file': '0' } });
		chmodSync(at(made, 'closed'), 0);
		const rights = '-dac_override,-dac_read_search';
		await using watch = await watching(made, { under: ['setpriv', '--bounding-set', rights, '--inh-caps', rights] });
		assert.match(watch.said(), /src\/closed` may not be read: what containers have of it is kept/);
		for (const name of ['src/open/a', 'src/open/deep/file']) made.write(name, '1');
		await untilSays(made, app('cat /app/open/a /app/open/deep/file', '11'), watch.said);
		chmodSync(at(made, 'open'), 0);
		await watch.says(/src\/open` may not be read/);
		await docker('restart', '-t', '0', (await containerOf(made, 'app')) ?? '');
		made.write('src/last', '1');
		await untilSays(made, app('cat /app/last /app/open/a /app/open/deep/file', '111'), watch.said);
		for (const name of ['closed', 'open']) chmodSync(at(made, name), 0o755);
		await untilSays(made, app('cat /app/closed/inner; stat -c %a /app/open', '1755'), watch.said);
		made.write('src/open/a', '2');
		await untilSays(made, app('cat /app/open/a', '2'), watch.said);
		assert.equal(count(watch.said(), /warning/), 2, watch.said());
		assert.doesNotMatch(watch.said(), /deleted/);
	});

	test('files that come and go during the copy leave nothing behind and say nothing', { timeout }, async () => {
		await using made = lab();
		await using watch = await watching(made);
		for (let round = 0; round < 40; round += 1) {
			for (let nth = 0; nth < 50; nth += 1) made.write(`src/d${nth % 7}/f${nth}`, String(round));
			rmSync(at(made, `d${round % 7}`), { recursive: true });
			renameSync(at(made, `d${(round + 1) % 7}`), at(made, `moved${round % 3}-${round}`));
			await new Promise((resolve) => setTimeout(resolve, 7));
		}
		const list = 'find . -type f | sort';
		const wanted = (await execute('sh', ['-c', list], { cwd: path.join(made.folder, 'src') })).stdout;
		rmSync(at(made, 'first'));
		await untilSays(made, app(`cd /app; ${list}`, wanted.replace('./first\n', '').trim()), watch.said);
		assert.equal(count(watch.said(), /warning/), 0, watch.said());
	});

	test('a file that is written while it is copied is whole in the end', { timeout }, async () => {
		await using made = lab();
		await using watch = await watching(made);
		const line =
			'i=0; while [ $i -lt 300 ]; do echo "$i 0123456789" >> src/grows; i=$((i+1)); sleep 0.005; done; rm src/first';
		assert.equal((await execute('sh', ['-c', line], { cwd: made.folder })).status, 0);
		const digest = (await execute('sh', ['-c', 'sha256sum < src/grows'], { cwd: made.folder })).stdout.trim();
		await untilSays(made, app('sha256sum < /app/grows', digest), watch.said);
	});

	test('where the container has no room that is told, and what did not fit comes later', {
		timeout,
	}, async () => {
		await using made = lab({
			service: ['image: labc/busybox:latest', 'volumes: [small:/app]'],
			file: ['volumes:', '  small: {driver_opts: {type: tmpfs, device: tmpfs, o: size=64k}}'],
		});
		await using watch = await watching(made);
		writeFileSync(at(made, 'large'), Buffer.alloc(200_000, 'x'));
		await watch.says(/`\/app\/large` can't be brought into `.*-app-1`: .*no space left on device/);
		made.write('src/small', 'fits');
		await watch.says(/`\/app\/small` can't be brought into/);
		writeFileSync(at(made, 'large'), 'short');
		await untilSays(made, app('cat /app/large /app/small', 'shortfits'), watch.said);
		assert.equal(count(watch.said(), /large: no space left/), 1, watch.said());
		assert.doesNotMatch(watch.said(), /small → synced to \d/);
	});

	test('however much a full or read-only volume refuses, that is one line, and it is tried again together', {
		timeout,
	}, async () => {
		const volumes = { full: 'full:/app', closed: 'full:/app:ro' };
		for (const [kind, volume] of Object.entries(volumes)) {
			await using made = lab({
				service: ['image: labc/busybox:latest', `volumes: ["${volume}"]`],
				file: ['volumes:', '  full: {driver_opts: {type: tmpfs, device: tmpfs, o: size=40k}}'],
			});
			await using watch = await watching(made);
			for (let nth = 0; nth < 600; nth += 1) made.write(`src/f${nth}`, '1');
			await watch.says(/`\/app\/f\d+` and \d+ more can't be brought into/);
			const seen = watch.said().length;
			made.write('src/late', '1');
			await watch.says(/`\/app\/late`/, seen);
			assert.ok(count(watch.said(), /warning/) < 6, watch.said());
			if (kind === 'closed') continue;
			for (let nth = 1; nth < 600; nth += 1) rmSync(at(made, `f${nth}`));
			await untilSays(made, app('cat /app/f0 /app/late; ls /app | wc -l', '112'), watch.said);
		}
	});

	test('a container whose files are read-only is told of once, however many changed', { timeout }, async () => {
		await using made = lab({
			service: ['image: labc/busybox:latest', 'read_only: true'],
			action: 'action: sync+exec, exec: {command: [echo, tried]}',
		});
		await using watch = await watching(made);
		for (let nth = 0; nth < 40; nth += 1) made.write(`src/f${nth}`, '1');
		await watch.says(/nothing can be brought into `.*-app-1`: .*read-only/);
		const notRun = /the command of `app` is not run: what changed could not be copied/;
		await watch.says(notRun);
		made.write('src/late', '2');
		await watch.says(notRun, watch.said().length);
		assert.equal(count(watch.said(), /nothing can be brought into/), 1, watch.said());
		assert.doesNotMatch(watch.said(), /synced to|command run/);
	});

	test('an image without `rm` gets one clear warning, and what is copied is copied', { timeout }, async () => {
		await using made = lab({
			service: ['build: img', 'command: [/busybox, sleep, "600"]'],
			files: { 'img/Dockerfile': 'FROM scratch\nCOPY --from=labc/busybox:latest /bin/busybox /busybox\n' },
		});
		await using watch = await watching(made);
		const id = (await containerOf(made, 'app')) ?? '';
		const read = async (name: string) =>
			(await execute('docker', ['exec', id, '/busybox', 'cat', `/app/${name}`])).stdout;
		for (const name of ['one', 'two', 'three']) {
			made.write(`src/${name}`, name);
			await until(async () => (await read(name)) === name, watch.said);
			rmSync(at(made, name));
			await watch.says(/has no `rm`: what is deleted here stays there/);
		}
		made.write('src/last', 'last');
		await until(async () => (await read('last')) === 'last', watch.said);
		await watch.says(/src\/last → synced/);
		assert.equal(count(watch.said(), /has no `rm`/), 1, watch.said());
		assert.doesNotMatch(watch.said(), /deleted →/);
	});

	test('folders that lead to the target and are not in the image are made', { timeout }, async () => {
		await using made = lab({ target: '/not/there/yet' });
		await using watch = await watching(made);
		made.write('src/a/b', '1');
		await untilSays(made, app('cat /not/there/yet/a/b', '1'), watch.said);
	});

	test('where the system lets nobody watch more folders it says what raises the limit, and goes on by looking', {
		timeout,
		skip: process.platform !== 'linux' && 'a limit of Linux',
	}, async () => {
		await using made = lab({ files: { 'src/a/b/c/d/e/f': '1' } });
		await using watch = await watching(made, { under: withFewWatches });
		const warning =
			/warning: the system's limit of watched folders is reached .*until it is raised.*\n.*`sudo sysctl fs\.inotify\.max_user_watches=\d+`/;
		assert.match(watch.said(), warning);
		writeFileSync(at(made, 'a/b/c/d/e/f'), '2');
		await untilSays(made, app('cat /app/a/b/c/d/e/f', '2'), watch.said);
		made.write('src/new/deep/g', '3');
		await untilSays(made, app('cat /app/new/deep/g', '3'), watch.said);
		rmSync(at(made, 'a'), { recursive: true });
		await untilSays(made, app('ls -A /app', 'new'), watch.said);
		const compose = path.join(made.folder, 'compose.yaml');
		writeFileSync(compose, `# read again\n${readFileSync(compose, 'utf8')}`);
		await watch.says(/compose\.yaml changed → nothing to do\n(.*\n)* Watch enabled/);
		assert.equal(count(watch.said(), /warning/), 1, watch.said());
	});

	test('where the limit is raised meanwhile it watches all folders, says so once, and looks for changes no more', {
		timeout,
		skip: process.platform !== 'linux' && 'a limit of Linux',
	}, async () => {
		await using made = lab({ files: { 'src/a/b/c/d/e/f': '1' } });
		await using watch = await watching(made, { under: withFewWatches });
		assert.match(watch.said(), /limit of watched folders is reached/);
		const raise = ['sh', '-c', 'echo 1000 > /proc/sys/user/max_inotify_watches'];
		const raised = await execute('nsenter', ['-U', '-t', String(watch.pid), '--preserve-credentials', ...raise]);
		assert.equal(raised.status, 0, raised.stderr);
		await watch.says(/ Watch: the system lets labc watch all folders again/);
		for (const [nth, name] of ['a/b/c/d/e/f', 'new/deep/g'].entries()) {
			made.write(`src/${name}`, `raised ${nth}`);
			await untilSays(made, app(`cat /app/${name}`, `raised ${nth}`), watch.said);
		}
		assert.equal(count(watch.said(), /watch all folders again|warning/), 2, watch.said());
	});

	test('what changes when the system’s queue of changes is full is found', {
		timeout,
		skip: process.platform !== 'linux' && 'a queue of Linux',
	}, async () => {
		await using made = lab({ files: { 'src/a': '1', 'src/b': '1', 'src/deep/c': '1', 'src/deep/gone': '1' } });
		await using watch = await watching(made);
		made.write('src/deep/gone', '2');
		await untilSays(made, app('cat /app/deep/gone', '2'), watch.said);
		const size = Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'));
		process.kill(watch.pid, 'SIGSTOP');
		try {
			for (let nth = 0; nth < size; nth += 1)
				chmodSync(at(made, nth % 2 === 0 ? 'a' : 'b'), nth % 4 < 2 ? 0o600 : 0o644);
			made.write('src/first', 'lost');
			made.write('src/deep/c', 'lost');
			made.write('src/deep/new/d', 'lost');
			rmSync(at(made, 'deep/gone'));
		} finally {
			process.kill(watch.pid, 'SIGCONT');
		}
		await untilSays(
			made,
			app('cat /app/first /app/deep/c /app/deep/new/d; ls /app/deep', 'lostlostlostc\nnew'),
			watch.said,
		);
		assert.doesNotMatch(watch.said(), /warning/);
	});

	test('so it is where no further instance is to be had', {
		timeout,
		skip: process.platform !== 'linux' && 'a limit of Linux',
	}, async () => {
		await using made = lab();
		const limited = 'echo 0 > /proc/sys/user/max_inotify_instances && exec "$@"';
		await using watch = await watching(made, { under: ['unshare', '-Ur', 'sh', '-c', limited, 'sh'] });
		assert.match(
			watch.said(),
			/warning: the system's limit of programs that watch folders is reached.*\n.*sysctl fs\.inotify\.max_user_instances=/,
		);
		made.write('src/first', '2');
		await untilSays(made, app('cat /app/first', '2'), watch.said);
	});
});
