import assert from 'node:assert/strict';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { docker, root, type Scenario, scenario } from './scenario.ts';

/** The folder that `scripts/fake-gpu/start.sh` made; its engine has busybox. */
export const boxFolder = process.env['LABC_TEST_GPU_BOX'];
export const whyNoBox = boxFolder === undefined ? 'no fake GPU box: see scripts/fake-gpu/start.sh' : undefined;
export const boxFile = `${boxFolder}/box.json`;

/** Of somebody on the box. */
export const boxEnv = {
	FAKE_GPU_BOX: boxFile,
	PATH: `${path.join(root, 'scripts/fake-gpu')}:${process.env['PATH']}`,
};

// What a scenario cleans up is on that engine too.
if (boxFolder !== undefined) process.env['DOCKER_HOST'] = `unix://${boxFolder}/docker.sock`;

/** A service that runs for long. */
const gpuService = (asks: string, image: string): string => `
    image: ${image}
    command: sleep 600
    network_mode: none
    stop_grace_period: 0s
    ${asks}`;

/** A project whose only service `t` says how it asks for GPUs. */
export const gpuLab = (
	asks: string,
	env: Readonly<Record<string, string>> = boxEnv,
	image = 'busybox:latest',
): Scenario => scenario({ env, files: { 'compose.yml': `services:\n  t:${gpuService(asks, image)}\n` } });

export async function down(...labs: readonly Scenario[]): Promise<void> {
	for (const each of labs) await each.labc('compose', 'down');
}

/** The GPUs of each of the project's containers, by the label. */
export async function chosen({ project }: Scenario): Promise<readonly string[]> {
	const format = '{{.Names}} {{.Label "labc.gpu.ids"}}';
	const text = await docker('ps', '-a', '--filter', `label=com.docker.compose.project=${project}`, '--format', format);
	return text
		.split('\n')
		.filter(Boolean)
		.map((line) => line.split(' ').slice(1).map(shortName).join(' '))
		.sort();
}

/** The environment of the program itself, which an exec lacks: what nvidia's hook reads, and what a CDI device wrote. */
export async function seenBy({ project }: Scenario): Promise<readonly string[]> {
	const ids = await docker('ps', '-q', '--no-trunc', '--filter', `label=com.docker.compose.project=${project}`);
	const looks = ids.split('\n').map(async (id) => {
		const text = (await docker('exec', id, 'cat', '/proc/1/environ')).replaceAll('\0', '\n');
		const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? '';
		return value('FAKE_GPU') === '' ? value('NVIDIA_VISIBLE_DEVICES') : `CDI ${value('FAKE_GPU')}`;
	});
	return (await Promise.all(looks)).sort();
}

const shortName = (id: string): string => id.replace(/^(GPU|MIG)-0*(\d)-.*$/, '$1 $2');

/** Engines before 25 know nvidia's hook alone. */
export const knowsCdi = async (): Promise<boolean> =>
	(await docker('info', '--format', '{{json .}}')).includes('"nvidia.com/gpu=');

/** The box's engine as one that is reached over the network, or through another socket, until this is disposed of. */
export async function relay(socketPath?: string): Promise<AsyncDisposable & { readonly host: string }> {
	const open = new Set<Socket>();
	const server = createServer((client) => {
		const engine = connect(`${boxFolder}/docker.sock`);
		for (const [end, other] of [[client, engine] as const, [engine, client] as const]) {
			open.add(end);
			end.on('error', () => other.destroy()).on('close', () => open.delete(end));
			end.pipe(other);
		}
	});
	const where = socketPath === undefined ? { port: 0, host: '127.0.0.1' } : { path: socketPath };
	await new Promise<void>((resolve) => server.listen(where, resolve));
	const address = server.address();
	assert.ok(address !== null);
	return {
		host: typeof address === 'string' ? `unix://${address}` : `tcp://127.0.0.1:${address.port}`,
		async [Symbol.asyncDispose]() {
			for (const socket of open) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
