import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, test } from 'node:test';
import { docker, root, type Scenario, scenario, whyNoEngine } from './scenario.ts';

const env = { BASE_IMAGE: 'labc/busybox:latest' };

describe('one-service files as people wrote them come up', { skip: whyNoEngine() ?? false, concurrency: false }, () => {
	test('build, two published ports, a folder of the home, and an obsolete version', async () => {
		await using lab = open('classic-ports');
		lab.write('../data/hello.txt', 'from home');
		const up = await lab.labc('compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		assert.match(up.stderr, /`?version`? is obsolete/);
		assert.equal(await eventually(() => fetchText('http://127.0.0.1:4567/hello.txt')), 'from home');
		assert.match(await eventually(() => greeting(1022)), /^SSH-2\.0/);
		const down = await lab.labc('compose', 'down');
		assert.equal(down.status, 0, down.stderr);
		assert.deepEqual(await lab.containers(), []);
	});

	test('container_name, build and image, ${PWD} as workspace, a shell on a terminal', async () => {
		await using lab = open('classic-workspace');
		const up = await lab.labc('compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		const [container, ...others] = await lab.containers();
		assert.deepEqual(others, []);
		assert.equal(container?.Name, '/ml-workspace');
		assert.equal(container?.Config.Tty, true);
		assert.equal(container?.State.Status, 'running');
		assert.deepEqual(container?.HostConfig.Binds, [`${lab.folder}:/workspace:rw`]);
		assert.equal(await docker('inspect', '--format', '{{.Config.Image}}', 'ml-workspace'), 'ml-workspace:latest');
		const listed = await lab.labc('compose', 'exec', '-T', 'workspace', 'ls');
		assert.match(listed.stdout, /docker-compose\.yml/);
		await docker('rmi', '-f', 'ml-workspace:latest');
	});
});

function open(fixture: string): Scenario {
	const lab = scenario({ env });
	cpSync(path.join(root, 'fixtures', fixture), lab.folder, { recursive: true });
	const inFolder = scenario({
		folder: lab.folder,
		project: lab.project,
		env: { ...env, PWD: lab.folder, HOME: path.dirname(lab.folder) },
	});
	return {
		...inFolder,
		[Symbol.asyncDispose]: async () => {
			await inFolder[Symbol.asyncDispose]();
			await lab[Symbol.asyncDispose]();
		},
	};
}

async function fetchText(url: string): Promise<string> {
	return (await fetch(url)).text();
}

const greeting = (port: number): Promise<string> =>
	new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1').setEncoding('utf8').setTimeout(2000);
		socket.on('data', (text: string) => resolve(text) ?? socket.destroy());
		socket
			.on('error', reject)
			.on('timeout', () => reject(new Error('no greeting')))
			.on('end', () => reject(new Error('closed')));
	});

/** What a program in a container needs a moment for. */
async function eventually(read: () => Promise<string>): Promise<string> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await read();
		} catch (error) {
			if (attempt === 50) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}
