import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chownSync, cpSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { openEngineProxy } from '../support/engine-proxy.ts';
import { execute, labcPath, root, type Scenario, scenario, whyNoEngine } from './scenario.ts';

let baseImage = '';

describe('the lab stack comes up, for whoever calls', { skip: whyNoEngine() ?? false, concurrency: false }, () => {
	before(async () => {
		const { status, stdout, stderr } = await execute('sh', ['scripts/base-image.sh', 'debian'], { cwd: root });
		assert.equal(status, 0, stderr);
		baseImage = stdout.trim();
	});

	for (const caller of [
		{ who: 'root', uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
		{ who: 'an ordinary user with a socket', uid: 12_345, gid: 12_346 },
	]) {
		const isOther = caller.uid !== process.getuid?.();
		test(`for ${caller.who}`, {
			skip: isOther && process.getuid?.() !== 0 && 'only root can act as another user',
		}, async () => {
			await using lab = await openLab(caller);
			const labc = (...args: string[]) => lab.asCaller('compose', ...args);

			const first = await labc('up', '-d', '--wait');
			assert.equal(first.status, 0, first.stderr);
			assert.deepEqual(await states(lab.project), { jupyter: 'running', tensorboard: 'running' });

			const ps = await labc('ps');
			assert.match(ps.stdout, new RegExp(`http://127\\.0\\.0\\.1:${lab.ports.jupyter}`));
			assert.match(ps.stdout, new RegExp(`http://127\\.0\\.0\\.1:${lab.ports.tensorboard}`));

			const job = await labc('run', '--rm', 'ml-app');
			assert.equal(job.status, 0, job.stderr);
			assert.match(job.stdout, /loss/);

			const jupyter = `http://127.0.0.1:${lab.ports.jupyter}`;
			assert.equal((await fetch(`${jupyter}/api/status`)).status, 403, 'the token must be asked for');
			assert.equal((await fetch(`${jupyter}/api/status?token=${lab.token}`)).status, 200);

			const tensorboard = `http://127.0.0.1:${lab.ports.tensorboard}`;
			assert.match(await (await fetch(tensorboard)).text(), /TensorBoard/);
			assert.match(await scalarTags(tensorboard), /loss/);

			const made = await fetch(`${jupyter}/api/contents/made-here.txt?token=${lab.token}`, {
				method: 'PUT',
				body: JSON.stringify({ type: 'file', format: 'text', content: 'mine' }),
			});
			assert.equal(made.status, 201);
			const file = path.join(lab.folder, 'work/made-here.txt');
			assert.equal(readFileSync(file, 'utf8'), 'mine');
			assert.deepEqual({ uid: statSync(file).uid, gid: statSync(file).gid }, { uid: caller.uid, gid: caller.gid });
		});
	}
});

interface Lab extends Scenario {
	readonly token: string;
	readonly ports: { readonly jupyter: number; readonly tensorboard: number };
	asCaller(...args: string[]): ReturnType<Scenario['labc']>;
}

/** The project's own stack in a folder that belongs to the caller, who reaches the engine through a socket of theirs. */
async function openLab({ uid, gid }: { readonly uid: number; readonly gid: number }): Promise<Lab> {
	const user = `t${randomBytes(4).toString('hex')}`;
	const inner = scenario({ project: `lab-${user}` });
	const token = randomBytes(16).toString('hex');
	const ports = { jupyter: await freePort(), tensorboard: await freePort() };
	cpSync(path.join(root, 'compose.yml'), path.join(inner.folder, 'compose.yml'));
	cpSync(path.join(root, 'fixtures/lab'), path.join(inner.folder, 'fixtures/lab'), { recursive: true });
	inner.write(
		'.env',
		[
			`USER_NAME=${user}`,
			`USER_UID=${uid}`,
			`USER_GID=${gid}`,
			`JUPYTER_TOKEN=${token}`,
			`JUPYTER_PORT=${ports.jupyter}`,
			`TENSORBOARD_PORT=${ports.tensorboard}`,
			`BASE_IMAGE=${baseImage}`,
		].join('\n'),
	);
	inner.write('work/.keep', '');
	await giveTo(path.dirname(inner.folder), { uid, gid });
	const proxy = await openEngineProxy({ mode: 0o666 });
	const env = { PATH: process.env['PATH'] ?? '', HOME: path.dirname(inner.folder), DOCKER_HOST: proxy.host };
	return {
		...inner,
		token,
		ports,
		asCaller: (...args) => execute(labcPath, args, { cwd: inner.folder, env, uid, gid }),
		[Symbol.asyncDispose]: async () => {
			await proxy.close();
			await inner[Symbol.asyncDispose]();
		},
	};
}

async function giveTo(folder: string, { uid, gid }: { readonly uid: number; readonly gid: number }): Promise<void> {
	const { stdout } = await execute('find', [folder]);
	for (const name of stdout.trim().split('\n')) chownSync(name, uid, gid);
}

async function states(project: string): Promise<Record<string, string>> {
	await using observer = scenario({ project: `${project}-observer` });
	const { stdout } = await observer.dockerCompose('-p', project, 'ps', '--format', '{{.Service}} {{.State}}');
	return Object.fromEntries(
		stdout
			.trim()
			.split('\n')
			.sort()
			.map((line) => line.split(' ') as [string, string]),
	);
}

/** TensorBoard looks for new files every few seconds. */
async function scalarTags(tensorboard: string): Promise<string> {
	const deadline = Date.now() + 30_000;
	for (;;) {
		const tags = await (await fetch(`${tensorboard}/data/plugin/scalars/tags`)).text();
		if (tags.includes('loss') || Date.now() > deadline) return tags;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

const freePort = (): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject).listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() =>
				typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
			);
		});
	});
