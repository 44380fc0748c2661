import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { docker, type Scenario, scenario, whyNoEngine } from './scenario.ts';
import { containerOf, untilSays, watching } from './watching.ts';

const skip = whyNoEngine() ?? false;
const timeout = 120_000;

interface Given {
	readonly rules: readonly string[];
	readonly service?: readonly string[];
	readonly files?: Readonly<Record<string, string>>;
}

function lab({ rules, service = ['image: labc/busybox:latest', 'command: sleep 600'], files = {} }: Given): Scenario {
	const text = [
		'services:',
		'  app:',
		...service.map((line) => `    ${line}`),
		'    stop_signal: SIGKILL',
		'    develop:',
		'      watch:',
		...rules.map((rule) => `        - ${rule}`),
		'',
	].join('\n');
	return scenario({ files: { 'compose.yaml': text, ...files } });
}

const at = (made: Scenario, name: string): string => path.join(made.folder, name);
const app = (line: string, wanted: string | RegExp) => ({ service: 'app', line, wanted });

async function inContainer(made: Scenario, line: string): Promise<void> {
	await docker('exec', (await containerOf(made, 'app')) ?? '', 'sh', '-c', line);
}

describe('what a container has of its own while it is watched', { skip, concurrency: 1 }, () => {
	for (const [what, words] of [
		['a restart', [['restart', '-t', '0']]],
		['a pause', [['pause'], ['unpause']]],
	] as const) {
		test(`is there after ${what}, below a folder that the host once had`, { timeout }, async () => {
			await using made = lab({ rules: ['{path: src, action: sync, target: /app}'], files: { 'src/first': '1' } });
			await using watch = await watching(made);
			mkdirSync(at(made, 'src/out'));
			writeFileSync(at(made, 'src/out/x'), '1');
			await untilSays(made, app('cat /app/out/x', '1'), watch.said);
			// What it has there goes when the folder has stayed away: nothing is done there any more then.
			await inContainer(made, 'touch /app/out/before');
			rmSync(at(made, 'src/out'), { recursive: true });
			await untilSays(made, app('ls -A /app', ''), watch.said);
			await inContainer(made, 'mkdir /app/out; echo trained > /app/out/model; echo stale > /app/out/x');
			const id = (await containerOf(made, 'app')) ?? '';
			for (const each of words) await docker(...each, id);
			// What labc knows to be gone goes once more: then the repair is over.
			await untilSays(made, app('ls -A /app/out; cat /app/out/model', 'model\ntrained'), watch.said);
			await watch.says(/src\/out\/x and 1 more deleted → synced to .*-app-1, which differed, in/);
			await docker('restart', '-t', '0', id);
			made.write('src/after', '1');
			await untilSays(made, app('cat /app/after /app/out/model', '1trained'), watch.said);
			assert.equal(watch.said().match(/which differed/g)?.length, 1, watch.said());
		});
	}
});

test('a folder of the host that is back in a moment keeps what the container has in it, and one that stays away does not', {
	skip,
	timeout,
}, async () => {
	await using made = lab({
		rules: ['{path: src, action: sync, target: /app, initial_sync: true, ignore: [node_modules/]}'],
		files: { 'src/foo/index.js': 'code', 'src/bar/index.js': 'code' },
	});
	await using watch = await watching(made);
	await untilSays(made, app('cat /app/foo/index.js /app/bar/index.js', 'codecode'), watch.said);
	const ownIn = (folder: string): Promise<void> =>
		inContainer(made, `mkdir -p /app/${folder}/node_modules; echo own > /app/${folder}/node_modules/x`);
	await ownIn('bar');
	for (const how of ['renamed', 'anew']) {
		let awayMs = Number.POSITIVE_INFINITY;
		// A machine with more to do may have kept it away for too long.
		while (awayMs > 400) {
			await ownIn('foo');
			awayMs = Number(execFileSync(process.execPath, ['-e', flip, at(made, 'src/foo'), at(made, 'away'), how]));
		}
		await untilSays(made, app('cat /app/foo/late', how), watch.said);
	}
	rmSync(at(made, 'src/bar'), { recursive: true });
	await untilSays(made, app('ls /app', 'foo'), watch.said);
	await untilSays(made, app('cat /app/foo/index.js /app/foo/node_modules/x', 'codeown'), watch.said);
	assert.doesNotMatch(watch.said(), /warning/);
});

/** Away for long enough to be seen, and says for how long at most. */
const flip = `
	const fs = require('node:fs');
	const [folder, away, how] = process.argv.slice(1);
	const since = performance.now();
	fs.renameSync(folder, away);
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
	if (how === 'renamed') fs.renameSync(away, folder);
	else {
		fs.mkdirSync(folder);
		fs.writeFileSync(folder + '/index.js', 'code');
		fs.rmSync(away, { recursive: true });
	}
	console.log(performance.now() - since);
	fs.writeFileSync(folder + '/late', how);
`;

describe('rules with targets in each other', { skip, concurrency: 1 }, () => {
	test('keep what the other one has there, while it is watched and over a restart', { timeout }, async () => {
		await using made = lab({
			rules: [
				'{path: a, action: sync, target: /app, initial_sync: true}',
				'{path: b, action: sync, target: /app/sub, initial_sync: true}',
			],
			files: { 'a/top': 'top', 'a/sub/froma': 'a', 'b/fromb': 'b', 'b/deep/more': 'more' },
		});
		await using watch = await watching(made);
		const list = 'cd /app && find . -type f | sort | tr "\\n" " "';
		await untilSays(made, app(list, './sub/deep/more ./sub/froma ./sub/fromb ./top'), watch.said);
		rmSync(at(made, 'a/sub'), { recursive: true });
		await untilSays(made, app(list, './sub/deep/more ./sub/fromb ./top'), watch.said);
		await docker('restart', '-t', '0', (await containerOf(made, 'app')) ?? '');
		made.write('a/after', '1');
		await untilSays(made, app(list, './after ./sub/deep/more ./sub/fromb ./top'), watch.said);
		made.write('a/sub/deep', 'a file here, and a folder there');
		made.write('a/later', '1');
		await untilSays(made, app(list, './after ./later ./sub/deep/more ./sub/fromb ./top'), watch.said);
		rmSync(at(made, 'b/deep'), { recursive: true });
		await untilSays(made, app('cat /app/sub/deep', 'a file here, and a folder there'), watch.said);
	});
});

describe('a target that only the running container sees', { skip, concurrency: 1 }, () => {
	for (const [what, lines] of [
		['`tmpfs`', ['tmpfs: [/app]']],
		[
			'a volume of type tmpfs, and nothing else can be written',
			['read_only: true', 'volumes: [{type: tmpfs, target: /app/code}]'],
		],
	] as const) {
		test(`is copied into: ${what}`, { timeout }, async () => {
			await using made = lab({
				rules: ['{path: src, action: sync, target: /app/code, initial_sync: true}'],
				service: ['image: labc/busybox:latest', 'command: sleep 600', ...lines],
				files: { 'src/one': '1', 'src/d/two': '2' },
			});
			await using watch = await watching(made);
			const list = 'cd /app/code && find . -type f | sort | xargs cat';
			await untilSays(made, app(list, '21'), watch.said);
			made.write('src/three', '3');
			await untilSays(made, app(list, '213'), watch.said);
			rmSync(at(made, 'src/d'), { recursive: true });
			made.write('src/d', 'a file now');
			await untilSays(made, app(list, 'a file now13'), watch.said);
			await docker('restart', '-t', '0', (await containerOf(made, 'app')) ?? '');
			await untilSays(made, app(list, 'a file now13'), watch.said);
			assert.doesNotMatch(watch.said(), /warning/);
		});
	}

	test('is said once to get nothing where the image has no `tar`, and nothing is called synced', {
		timeout,
	}, async () => {
		await using made = lab({
			rules: ['{path: src, action: sync, target: /app}'],
			service: ['build: img', 'command: [/busybox, sleep, "600"]', 'tmpfs: [/app]'],
			files: {
				'img/Dockerfile': 'FROM scratch\nCOPY --from=labc/busybox:latest /bin/busybox /busybox\n',
				'src/one': '1',
			},
		});
		await using watch = await watching(made);
		for (const name of ['two', 'three']) {
			made.write(`src/${name}`, name);
			await watch.says(/nothing is copied to `\/app`: it is on a tmpfs.* no `tar`/);
		}
		await docker('restart', '-t', '0', (await containerOf(made, 'app')) ?? '');
		await watch.says(/has no `stat`/);
		assert.doesNotMatch(watch.said(), /synced/);
		assert.equal(watch.said().match(/is on a tmpfs/g)?.length, 1, watch.said());
	});
});

test('a rebuild names what its rule is about', { skip, timeout }, async () => {
	await using made = lab({
		service: ['build: img', 'command: sleep 600'],
		rules: ['{path: img, action: rebuild, ignore: [web]}', '{path: img/web, action: sync, target: /web}'],
		files: { 'img/Dockerfile': 'FROM labc/busybox:latest\nCOPY f /f\n', 'img/f': '1', 'img/web/w': '1' },
	});
	await using watch = await watching(made);
	made.write('img/web/w', '2');
	made.write('img/f', '2');
	await untilSays(made, app('cat /f /web/w', '22'), watch.said);
	await watch.says(/img\/f → .*rebuilt/);
	assert.doesNotMatch(watch.said(), /img\/web\/w (and 1 more )?→ .*rebuilt/);
});
