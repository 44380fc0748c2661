import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { docker, execute, labcPath, type Scenario, scenario, whyNoEngine } from './scenario.ts';

const skip = whyNoEngine() ?? false;
const timeout = 120_000;

const idle = 'image: labc/busybox:latest\n    command: sleep 600\n    init: true\n    stop_signal: SIGKILL';
const compose = `services:
  base:
    ${idle}
  db:
    ${idle}
    depends_on: [base]
    healthcheck: {test: "true", interval: 200ms, retries: 50}
  web:
    ${idle}
    depends_on: {db: {condition: service_healthy, restart: true}}
  tool:
    ${idle}
    profiles: [tools]
`;
const files = { 'compose.yaml': compose };

/** `db: running` of each service; several containers of one stand after each other. */
async function states({ containers, project }: Scenario): Promise<string> {
	const all = await containers();
	return all.map(({ Name, State }) => `${Name.slice(project.length + 2)} ${State.Status}`).join(', ');
}

async function startTimes({ containers, project }: Scenario): Promise<Readonly<Record<string, string>>> {
	const all = await containers();
	return Object.fromEntries(all.map(({ Name, State }) => [Name.slice(project.length + 2), State.StartedAt]));
}

/** Runs a command that shall succeed; gives what it says. */
async function good(lab: Scenario, line: string): Promise<string> {
	const { status, stdout, stderr } = await lab.labc('compose', ...line.split(' '));
	assert.equal(status, 0, `${line}: ${stderr}`);
	return stdout + stderr;
}

/** Runs a command that shall end with 1; gives what it says. */
async function bad(lab: Scenario, line: string): Promise<string> {
	const { status, stderr } = await lab.labc('compose', ...line.split(' '));
	assert.equal(status, 1, `${line}: ${stderr}`);
	return stderr;
}

describe('lifecycle commands', { skip, concurrency: 1 }, () => {
	test('create makes, start starts what is needed too, stop leaves containers there', { timeout }, async () => {
		await using lab = scenario({ files });
		assert.match(await bad(lab, 'start'), /has no container to start/);
		await good(lab, 'create');
		assert.equal(await states(lab), 'base-1 created, db-1 created, web-1 created');
		await good(lab, 'start db');
		assert.equal(await states(lab), 'base-1 running, db-1 running, web-1 created');
		await good(lab, 'start --wait');
		assert.equal(await states(lab), 'base-1 running, db-1 running, web-1 running');
		await good(lab, 'stop db');
		assert.equal(await states(lab), 'base-1 running, db-1 exited, web-1 running');
		const said = await good(lab, 'stop');
		assert.ok(said.indexOf('web-1  Stopped') < said.indexOf('base-1  Stopping'), said);
		assert.equal(await states(lab), 'base-1 exited, db-1 exited, web-1 exited');
		assert.equal(await good(lab, 'stop'), '');
		assert.match(await bad(lab, 'stop nobody'), /there is no service `nobody`/);
	});

	test('start needs what a service waits for, and says it of what is missing elsewhere', { timeout }, async () => {
		await using lab = scenario({ files });
		await good(lab, 'create');
		await good(lab, 'rm -f base');
		assert.match(await good(lab, 'start web'), /warning: service `base` has no container to start/);
		await good(lab, 'rm -sf db');
		assert.match(await bad(lab, 'start web'), /web is missing dependency db/);
	});

	test('restart takes those along that ask for it, after what they depend on, unless told not to', {
		timeout,
	}, async () => {
		await using lab = scenario({ files });
		await good(lab, 'up -d');
		const before = await startTimes(lab);
		await good(lab, 'restart db');
		const after = await startTimes(lab);
		assert.equal(after['base-1'], before['base-1']);
		assert.notEqual(after['db-1'], before['db-1']);
		assert.ok(String(after['web-1']) > String(after['db-1']));
		await good(lab, 'restart --no-deps -t 0 db');
		assert.equal((await startTimes(lab))['web-1'], after['web-1']);
		await good(lab, 'stop base');
		await good(lab, 'restart base');
		assert.equal(await states(lab), 'base-1 running, db-1 running, web-1 running');
		assert.match(await bad(lab, 'restart nobody'), /there is no service `nobody`/);
	});

	test('kill ends what runs, one-offs too, or sends a signal; nothing to kill is no failure', { timeout }, async () => {
		await using lab = scenario({ files });
		assert.match(await good(lab, 'kill'), /no container to kill/);
		await good(lab, 'up -d base');
		await good(lab, 'run -d base sleep 600');
		await good(lab, 'kill -s SIGURG base');
		assert.match(await states(lab), /^base-1 running/);
		assert.match(await bad(lab, 'kill -s NONE base'), /invalid signal: NONE/i);
		await good(lab, 'kill');
		assert.deepEqual(
			(await lab.containers()).map(({ State }) => State.ExitCode),
			[137, 137],
		);
		lab.write('compose.yaml', compose.replace('  base:', '  other:').replace('[base]', '[other]'));
		await good(lab, 'kill --remove-orphans');
	});

	test('pause and unpause are asked of the engine, which refuses what makes no sense', { timeout }, async () => {
		await using lab = scenario({ files });
		assert.equal(await good(lab, 'pause'), '');
		await good(lab, 'up -d db');
		await good(lab, 'pause db');
		assert.equal(await states(lab), 'base-1 running, db-1 paused');
		assert.match(await bad(lab, 'pause'), /already paused/);
		assert.equal(await states(lab), 'base-1 paused, db-1 paused');
		await good(lab, 'unpause');
		assert.equal(await states(lab), 'base-1 running, db-1 running');
		assert.match(await bad(lab, 'unpause base'), /not paused/);
	});

	test('rm removes what does not run, asks first, and stops first where it shall', { timeout }, async () => {
		await using lab = scenario({ files });
		assert.match(await good(lab, 'rm'), /no stopped containers/);
		await good(lab, 'up -d db');
		await good(lab, 'stop db');
		assert.match(await good(lab, 'rm'), /Going to remove .*-db-1\. Are you sure\?/);
		assert.equal(await states(lab), 'base-1 running, db-1 exited');
		const line = `echo y | '${labcPath}' compose rm`;
		assert.equal(
			(await execute('sh', ['-c', line], { cwd: lab.folder, env: process.env as Record<string, string> })).status,
			0,
		);
		assert.equal(await states(lab), 'base-1 running');
		await good(lab, 'rm -f');
		assert.equal(await states(lab), 'base-1 running');
		await good(lab, 'rm -sf base');
		assert.equal(await states(lab), '');
	});

	test('rm removes anonymous volumes where it shall, and no others', { timeout }, async () => {
		const volumes = '\n    volumes: [/scratch, "kept:/kept"]\nvolumes: {kept: {}}\n';
		await using lab = scenario({ files: { 'compose.yaml': `services:\n  one:\n    ${idle}${volumes}` } });
		await good(lab, 'up -d');
		const id = (await lab.containers())[0]?.Id ?? '';
		const names = await docker('inspect', '-f', '{{range .Mounts}}{{.Name}} {{end}}', id);
		assert.match(await good(lab, '--dry-run rm -sv'), /^remove .*\(destroys data\)/m);
		await good(lab, 'rm -sfv');
		const left = await docker('volume', 'ls', '-q');
		for (const name of names.trim().split(' ')) assert.equal(left.includes(name), name.endsWith('_kept'), name);
	});

	test('scale adds and removes containers, with or without what is needed', { timeout }, async () => {
		await using lab = scenario({ files });
		await good(lab, 'scale --no-deps db=2');
		assert.equal(await states(lab), 'db-1 running, db-2 running');
		await good(lab, 'scale db=1');
		assert.equal(await states(lab), 'base-1 running, db-1 running');
		await good(lab, 'scale db=0 base=3');
		assert.equal(await states(lab), 'base-1 running, base-2 running, base-3 running');
		for (const words of ['scale', 'scale db', 'scale db=many', 'scale db=-1', 'scale nobody=1']) await bad(lab, words);
	});

	test('wait tells how containers ended, gives the last status, and takes the project down', { timeout }, async () => {
		const job = (line: string) => `{image: "labc/busybox:latest", command: ["sh", "-c", "${line}"]}`;
		const jobs = `services:\n  slow: ${job('sleep 1.5; exit 4')}\n  quick: ${job('sleep 0.5; exit 3')}\n`;
		await using lab = scenario({ files: { 'compose.yaml': jobs } });
		await bad(lab, 'wait');
		assert.match(await bad(lab, 'wait slow'), /no containers for project/);
		await good(lab, 'up -d');
		const { status, stdout } = await lab.labc('compose', 'wait', '--down-project', 'quick', 'slow');
		assert.equal(status, 4);
		assert.match(stdout, /^container "[0-9a-f]{64}" exited with status code 3\n.* exited with status code 4\n$/);
		assert.equal(await states(lab), '');
	});

	test('up --wait counts a job that ended well as ready, and one that failed as a failure', { timeout }, async () => {
		const job = (status: number) =>
			`services: {job: {image: "labc/busybox:latest", command: [sh, -c, exit ${status}]}}`;
		await using lab = scenario({ files: { 'compose.yaml': job(0) } });
		await good(lab, 'up -d --wait --wait-timeout 30');
		lab.write('compose.yaml', job(3));
		assert.match(await bad(lab, 'up -d --wait'), /exited \(3\)/);
		assert.match(await bad(lab, 'up -d --scale nobody=2'), /there is no service `nobody`/);
	});

	test('a profile that is off is no hindrance for who names the service', { timeout }, async () => {
		await using lab = scenario({ files });
		await good(lab, 'up -d tool');
		await good(lab, 'stop');
		assert.equal(await states(lab), 'tool-1 running');
		await good(lab, 'restart tool');
		await good(lab, 'stop tool');
		assert.equal(await states(lab), 'tool-1 exited');
		await good(lab, 'start tool');
		await good(lab, 'kill tool');
		await good(lab, 'rm -f tool');
		assert.equal(await states(lab), '');
	});

	test('without a file the labels tell what depends on what', { timeout }, async () => {
		await using lab = scenario({ files });
		assert.match(await bad(lab, `-p ${lab.project} start`), /no container found for project/);
		await good(lab, 'up -d');
		await using elsewhere = scenario({ project: `${lab.project}-elsewhere` });
		const by = (line: string) => good(elsewhere, `-p ${lab.project} ${line}`);
		const said = await by('stop');
		assert.ok(said.indexOf('web-1  Stopped') < said.indexOf('base-1  Stopping'), said);
		await by('start db');
		assert.equal(await states(lab), 'base-1 running, db-1 running, web-1 exited');
		await by('start --wait');
		const before = await startTimes(lab);
		await by('restart db');
		const after = await startTimes(lab);
		assert.equal(after['base-1'], before['base-1']);
		assert.ok(String(after['web-1']) > String(after['db-1']));
		await by('pause db');
		await by('unpause db');
		await by('kill web');
		await by('rm -f web');
		assert.equal(await states(lab), 'base-1 running, db-1 running');
		assert.match(await bad(elsewhere, `-p ${lab.project} restart nobody`), /has no container of a service `nobody`/);
		await by('stop nobody');
		await by('down -t 0');
		assert.equal(await states(lab), '');
	});

	test('--dry-run shows the plan of each and changes nothing', { timeout }, async () => {
		await using lab = scenario({ files });
		assert.match(await good(lab, '--dry-run create'), /^create \S+-db-1/m);
		assert.equal(await states(lab), '');
		await good(lab, 'up -d');
		const before = [await states(lab), await startTimes(lab)];
		const verbs = {
			stop: 'stop',
			restart: 'restart',
			kill: 'kill',
			pause: 'pause',
			'rm -sf': 'remove',
			'scale db=2': 'create',
			down: 'remove',
		};
		for (const [line, verb] of Object.entries(verbs)) {
			assert.match(await good(lab, `--dry-run ${line}`), new RegExp(`^${verb} `, 'm'), line);
		}
		assert.equal(await good(lab, '--dry-run start'), 'Nothing to do\n');
		assert.deepEqual([await states(lab), await startTimes(lab)], before);
	});

	test('down removes the images that were built, also without the file', { timeout }, async () => {
		const built = `services:\n  one:\n    build: {dockerfile_inline: "FROM labc/busybox:latest\\nLABEL a=b"}\n    command: sleep 600\n`;
		await using lab = scenario({ files: { 'compose.yaml': built } });
		await good(lab, 'up -d');
		await good(lab, `-p ${lab.project} down -t 0 --rmi local`);
		assert.equal(await docker('images', '-q', `${lab.project}-one`), '');
	});
});
