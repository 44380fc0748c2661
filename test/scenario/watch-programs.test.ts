import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { docker, execute, root, type Scenario, scenario, whyNoEngine } from './scenario.ts';
import { containerOf, until, untilSays, watching } from './watching.ts';

const skip = whyNoEngine() ?? false;
const timeout = 180_000;
const python = `labct-python:${randomBytes(4).toString('hex')}`;

/** Answers with its version, and starts itself again when its file changes, as development servers do. */
const server = `
import http.server, os, sys, threading, time
VERSION = "one"
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(VERSION.encode())
    def log_message(self, *args):
        pass
def reload(before=os.stat(__file__).st_mtime_ns):
    while os.stat(__file__).st_mtime_ns == before:
        time.sleep(0.05)
    os.execv(sys.executable, [sys.executable, __file__])
threading.Thread(target=reload, daemon=True).start()
http.server.ThreadingHTTPServer(("", 8000), Handler).serve_forever()
`;

const migrate = `
import glob, sqlite3
db = sqlite3.connect("/tmp/lab.db")
db.execute("CREATE TABLE IF NOT EXISTS done (file)")
for file in sorted(glob.glob("/migrations/*.sql")):
    if not db.execute("SELECT 1 FROM done WHERE file = ?", (file,)).fetchone():
        db.executescript(open(file).read())
        db.execute("INSERT INTO done VALUES (?)", (file,))
        print("applied", file, flush=True)
db.commit()
`;

const ask = `python3 -c 'import urllib.request as r; print(r.urlopen("http://127.0.0.1:8000").read().decode())'`;
const time = `python3 -c 'import os; print(os.stat("/app/server.py").st_mtime_ns // 1000)'`;
const tables = `python3 -c 'import sqlite3; print(*sorted(t for (t,) in sqlite3.connect("/tmp/lab.db").execute("SELECT name FROM sqlite_master")))'`;

const edit = (lab: Scenario, file: string, from: string, to: string): void =>
	lab.write(file, readFileSync(path.join(lab.folder, file), 'utf8').replace(from, to));

describe('watch with real programs', { skip, concurrency: 1 }, () => {
	before(async () => {
		const { status, stdout, stderr } = await execute('sh', ['scripts/base-image.sh', 'debian'], { cwd: root });
		assert.equal(status, 0, stderr);
		const base = `BASE_IMAGE=${stdout.trim()}`;
		await docker(
			'build',
			'-q',
			'-t',
			python,
			'--target',
			'python',
			'--build-arg',
			base,
			path.join(root, 'fixtures/lab'),
		);
	});
	after(() => docker('rmi', '-f', python));

	test('a Python server reloads, and a migration runs in its container', { timeout }, async () => {
		const compose = `
services:
  web:
    image: ${python}
    stop_signal: SIGKILL
    command: sh -c 'until [ -e /app/server.py ]; do sleep 0.1; done; exec python3 /app/server.py'
    develop:
      watch:
        - {path: src, action: sync, target: /app, initial_sync: true}
        - path: migrations
          action: sync+exec
          target: /migrations
          initial_sync: true
          exec: {command: [python3, /migrations/migrate.py]}
`;
		await using lab = scenario({
			files: {
				'compose.yaml': compose,
				'src/server.py': server,
				'migrations/migrate.py': migrate,
				'migrations/001.sql': 'CREATE TABLE people (name);',
			},
		});
		await using watch = await watching(lab);
		await untilSays(lab, { service: 'web', line: ask, wanted: 'one' }, watch.said);
		const [before] = await lab.containers();
		edit(lab, 'src/server.py', '"one"', '"two"');
		await untilSays(lab, { service: 'web', line: ask, wanted: 'two' }, watch.said);
		// Whole seconds would be too coarse for a server that looks at its file's time; a number cuts off a microsecond.
		const edited = Math.floor(statSync(path.join(lab.folder, 'src/server.py')).mtimeMs * 1000);
		await untilSays(
			lab,
			{ service: 'web', line: time, wanted: new RegExp(`^(${edited - 1}|${edited}|${edited + 1})$`) },
			watch.said,
		);
		lab.write('migrations/002.sql', 'CREATE TABLE runs (loss);');
		await watch.says(/web-1 \| applied \/migrations\/002\.sql/);
		await watch.says(/ Watch web: migrations\/002\.sql → command run in 1 container in [\d.]+ m?s/);
		await untilSays(lab, { service: 'web', line: tables, wanted: 'done people runs' }, watch.said);
		lab.write('migrations/003.sql', 'CREATE TABEL typo (x);');
		await watch.says(/web-1 \| sqlite3\.OperationalError: near "TABEL": syntax error/);
		await watch.says(/warning: the command of the watch rule ended with status 1 in `.*-web-1`/);
		lab.write('migrations/003.sql', 'CREATE TABLE mended (x);');
		await untilSays(lab, { service: 'web', line: tables, wanted: 'done mended people runs' }, watch.said);
		const [then] = await lab.containers();
		assert.deepEqual([then?.Id, then?.State.StartedAt], [before?.Id, before?.State.StartedAt]);
	});

	test('a program that ended for a mistake in its file starts with the mended one', { timeout }, async () => {
		const compose = `
services:
  app:
    image: ${python}
    stop_signal: SIGKILL
    command: sh -c 'until [ -e /app/main.py ]; do sleep 0.1; done; exec python3 -u /app/main.py'
    develop:
      watch:
        - {path: src, action: sync+restart, target: /app, initial_sync: true}
`;
		const main = 'import time\nprint("version 1")\ntime.sleep(600)\n';
		await using lab = scenario({ files: { 'compose.yaml': compose, 'src/main.py': main } });
		await using watch = await watching(lab);
		const id = (await lab.containers())[0]?.Id ?? '';
		const logs = () => execute('docker', ['logs', id]);
		await until(async () => (await logs()).stdout === 'version 1\n', watch.said);
		edit(lab, 'src/main.py', 'print("version 1")', 'print("version 2"');
		await until(async () => (await logs()).stderr.includes('SyntaxError'), watch.said);
		await until(async () => (await lab.containers())[0]?.State.Running === false, watch.said);
		const start = watch.said().length;
		lab.write('src/main.py', main.replace('1', '3'));
		await watch.says(/restarted/, start);
		await until(async () => (await logs()).stdout.endsWith('version 3\n'), watch.said);
		assert.equal((await lab.containers())[0]?.State.Running, true);
		const { stderr } = await logs();
		assert.equal(stderr.match(/SyntaxError/g)?.length, 1, stderr);
	});
});

describe('watch with builds', { skip, concurrency: 1 }, () => {
	const compose = `
services:
  api:
    build: api
    stop_signal: SIGKILL
    develop: {watch: [{path: api, action: rebuild}]}
  other:
    image: labc/busybox:latest
    stop_signal: SIGKILL
    command: sleep 600
    develop:
      watch:
        - {path: src, action: sync, target: /app}
        - {path: conf, action: restart}
`;
	const dockerfile = (line: string): string =>
		`FROM labc/busybox:latest\nCOPY version /version\nRUN ${line}\nCMD ["sleep", "600"]\n`;
	const lab = (): Scenario =>
		scenario({
			files: {
				'compose.yaml': compose,
				'api/Dockerfile': dockerfile('true'),
				'api/version': '1',
				'conf/c': '1',
				'src/a': '1',
			},
		});
	const version = (wanted: string) => ({ service: 'api', line: 'cat /version', wanted });

	test('an image is built and its container replaced; where that fails the old one serves on, and the next edit mends it', {
		timeout,
	}, async () => {
		await using made = lab();
		await using watch = await watching(made);
		const first = await containerOf(made, 'api');
		const image = (await made.containers())[0]?.Image ?? '';
		made.write('api/version', '2');
		await watch.says(/ Watch api: api\/version → being rebuilt …/);
		await watch.says(/ Watch api: api\/version → rebuilt in [\d.]+ m?s/);
		await untilSays(made, version('2'), watch.said);
		const second = await containerOf(made, 'api');
		assert.notEqual(second, first);
		assert.equal((await execute('docker', ['image', 'inspect', image])).status, 1, 'the replaced image is left');
		made.write('api/Dockerfile', dockerfile('echo broken; exit 3'));
		await watch.says(/saved\n +api\/Dockerfile:3:1: building `api` failed at `RUN echo broken; exit 3`/);
		await watch.says(/the container that ran goes on/);
		assert.equal(await containerOf(made, 'api'), second);
		const start = watch.said().length;
		made.write('api/Dockerfile', dockerfile('echo mended'));
		await watch.says(/→ rebuilt in/, start);
		await untilSays(made, version('2'), watch.said);
		assert.notEqual(await containerOf(made, 'api'), second);
	});

	test('who depends on what is rebuilt, and asks for it, is restarted with it', { timeout }, async () => {
		await using made = lab();
		const more = `${compose}
  asks:
    image: labc/busybox:latest
    stop_signal: SIGKILL
    command: sleep 600
    depends_on: {api: {condition: service_started, restart: true}}
  after:
    image: labc/busybox:latest
    stop_signal: SIGKILL
    command: sleep 600
    depends_on: [api]
`;
		made.write('compose.yaml', more);
		await using watch = await watching(made);
		const starts = async (): Promise<readonly (string | undefined)[]> => {
			const containers = await made.containers();
			return ['asks', 'after'].map(
				(name) => containers.find(({ Name }) => Name.includes(`-${name}-`))?.State.StartedAt,
			);
		};
		const [asks, after] = await starts();
		made.write('api/version', '2');
		await watch.says(/ Watch api: api\/version → rebuilt in [\d.]+ m?s/);
		const [asksThen, afterThen] = await starts();
		assert.notEqual(asksThen, asks);
		assert.deepEqual([afterThen, typeof after], [after, 'string']);
	});

	test('a build that takes long holds up nobody else', { timeout }, async () => {
		await using made = lab();
		await using watch = await watching(made);
		const first = await containerOf(made, 'api');
		made.write('api/Dockerfile', dockerfile('sleep 600'));
		await watch.says(/being rebuilt/);
		made.write('src/a', 'new');
		await watch.says(/ Watch other: src\/a → synced to 1 container/);
		await untilSays(made, { service: 'other', line: 'cat /app/a', wanted: 'new' }, watch.said);
		made.write('conf/c', '2');
		await watch.says(/ Watch other: conf\/c → restarted in/);
		assert.equal(await containerOf(made, 'api'), first);
		assert.doesNotMatch(watch.said(), /rebuilt in/);
		assert.equal(await watch.end(), 130);
	});

	test('a command that does not end is told of, files are copied on, and Ctrl-C ends the watch', {
		timeout,
	}, async () => {
		const rule = '{path: conf, action: sync+exec, target: /conf, exec: {command: [sleep, "600"]}}';
		await using made = lab();
		made.write('compose.yaml', compose.replace('{path: conf, action: restart}', rule));
		await using watch = await watching(made);
		made.write('conf/c', '2');
		await watch.says(/conf\/c → synced to 1 container/);
		await watch.says(
			/warning: the command of a watch rule has been running in `.*-other-1` for 10 s: files are copied on, but .* of `other` wait/,
		);
		await watch.says(/hint: .*`labc compose restart other`/);
		for (const name of ['src/a', 'conf/c']) {
			made.write(name, 'later');
			await untilSays(
				made,
				{ service: 'other', line: `cat ${name.replace('src', '/app').replace('conf', '/conf')}`, wanted: 'later' },
				watch.said,
			);
		}
		assert.doesNotMatch(watch.said(), /command run/);
		assert.equal(await watch.end(), 130);
	});

	test('Ctrl-C ends it at once in the middle of a build, and what runs goes on', { timeout }, async () => {
		await using made = lab();
		await using watch = await watching(made);
		const first = await containerOf(made, 'api');
		// Who waited for it would not end in the time that this test has.
		made.write('api/Dockerfile', dockerfile('sleep 600'));
		await watch.says(/being rebuilt/);
		await watch.says(/sleep 600/);
		assert.equal(await watch.end(), 130);
		assert.equal(await containerOf(made, 'api'), first);
	});
});
