import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';
import type { Project } from '../../src/model/project.ts';
import type { Service } from '../../src/model/service.ts';
import { bringUp } from '../../src/use-cases/bring-up.ts';
import type { BringUpOptions } from '../../src/use-cases/bring-up-options.ts';
import { takeDown } from '../../src/use-cases/take-down.ts';
import { type EngineBench, engineBench } from '../support/engine-bench.ts';
import { project } from '../support/plan-cases.ts';
import { testImage, whyNoTestEngine } from '../support/test-engine.ts';

const service = (given: Partial<Service>): Service => ({
	command: ['sleep', 'infinity'],
	entrypoint: null,
	image: testImage,
	stop_grace_period: '0s',
	networks: { default: null },
	...given,
});
const shell = (script: string) => ({ command: ['sh', '-c', script] });

describe('secrets, configs and hooks on a real engine', { skip: (await whyNoTestEngine()) ?? false }, () => {
	const cleanups: (() => Promise<unknown>)[] = [];
	after(async () => {
		for (const cleanup of cleanups) await cleanup();
	});

	async function lab(web: Service, variables: Readonly<Record<string, string>> = {}) {
		const bench = await engineBench();
		const tools = { ...bench, contents: { ...bench.contents, variables: () => new Map(Object.entries(variables)) } };
		const name = `labct-fh-${randomBytes(4).toString('hex')}`;
		const declared: Project = {
			...project({
				services: { web },
				networks: { default: { name: `${name}_default`, ipam: {} } },
				secrets: { token: { name: `${name}_token`, environment: 'TOKEN' } },
				configs: { text: { name: `${name}_text`, content: 'hello $HOME' } },
			}),
			name,
		};
		const target = { name, project: declared };
		cleanups.push(() => takeDown({ name, project: undefined }, tools, { volumes: true, stopTimeoutSeconds: 0 }));
		return {
			up: (options: BringUpOptions = {}) => bringUp(declared, tools, options),
			down: () => takeDown(target, tools, { stopTimeoutSeconds: 0 }),
			read: (command: string) => read(tools, `${name}-web-1`, command),
			tools,
		};
	}

	async function read({ engine }: EngineBench, name: string, script: string): Promise<string> {
		const { id: container } = await engine.inspectContainer(name);
		const { id } = await engine.createExec(container, { ...shell(script), tty: false, stdin: false });
		const { output } = await engine.startExec(id, { tty: false, stdin: false });
		const pieces: Uint8Array[] = [];
		for await (const { bytes } of output) pieces.push(bytes);
		return Buffer.concat(pieces).toString();
	}

	test('contents are in the container before its program starts, with owner and mode', async () => {
		const { up, read: look } = await lab(
			service({
				...shell('cat /run/secrets/token /etc/text > /seen; exec sleep infinity'),
				secrets: [{ source: 'token', uid: '5', gid: '6', mode: '0400' }],
				configs: [{ source: 'text', target: '/etc/text' }],
			}),
			{ TOKEN: 'hush\n' },
		);
		await up();
		assert.equal(
			await look('cat /seen; stat -c "%u %g %a" /run/secrets/token /etc/text'),
			'hush\nhello $HOME5 6 400\n0 0 444\n',
		);
	});

	test('a recreated container has them too', async () => {
		const { up, read: look } = await lab(service({ configs: [{ source: 'text' }] }));
		await up();
		await up({ recreate: 'force' });
		assert.equal(await look('cat /text'), 'hello $HOME');
	});

	test('what is not set is refused before anything is made', async () => {
		const { up, tools } = await lab(service({ secrets: [{ source: 'token' }] }));
		await assert.rejects(up(), { code: 'VARIABLE_REQUIRED' });
		assert.deepEqual(
			tools.takeWrites().filter((call) => /Container|Network/.test(call)),
			[],
		);
	});

	test('a hook runs after the start, one that fails ends the up with what it wrote, and the container runs on', async () => {
		const { up, read: look } = await lab(
			service({
				post_start: [{ ...shell('echo $A > /mark'), environment: { A: 'b' } }, shell('echo bad >&2; exit 8')],
			}),
		);
		await assert.rejects(up(), { code: 'HOOK_FAILED', message: /hook exited with status 8[\s\S]*bad/ });
		assert.equal(await look('cat /mark'), 'b\n');
	});

	test('a hook that leaves a program behind holds nobody up', { timeout: 30_000 }, async () => {
		const { up, read: look } = await lab(service({ post_start: [shell('sleep 600 & echo done > /mark')] }));
		await up();
		assert.equal(await look('cat /mark'), 'done\n');
	});

	test('a down runs the hook before the end', async () => {
		const { up, down, tools } = await lab(service({ pre_stop: [shell('exit 3')] }));
		await up();
		await assert.rejects(down(), { code: 'HOOK_FAILED', message: /status 3: `pre_stop`/ });
		assert.ok(!tools.takeWrites().includes('stopContainer'));
	});

	test('a pre_start hook prepares what the service starts with', async () => {
		const { up, read: look } = await lab(
			service({ volumes: [{ type: 'volume', target: '/data' }], pre_start: [shell('echo ready > /data/x')] }),
		);
		await up();
		assert.equal(await look('cat /data/x'), 'ready\n');
	});

	test('one that fails leaves the service as it was made, and itself to be looked at', async () => {
		const { up, down, tools } = await lab(service({ pre_start: [shell('echo no >&2; exit 2')] }));
		await assert.rejects(up(), { code: 'CONTAINER_EXITED', message: /exit 2[\s\S]*no/ });
		assert.ok(!tools.lines().some((line) => line.endsWith('web-1 Started')));
		await down();
	});
});
