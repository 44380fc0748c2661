import path from 'node:path';
import { docker, type Outcome, root, scenario, type ToolPaths } from '../../scenario/scenario.ts';
import { testImage } from '../../support/test-engine.ts';
import type { GpuRequest } from './requests.ts';

/** How labc is kept from giving out GPUs; docker compose never does. */
export interface OffMode {
	readonly name: string;
	/** Whether nvidia's tool finds GPUs, which labc could give out. */
	readonly hasGpus: boolean;
	readonly env: Readonly<Record<string, string>>;
	/** Stands above `services`. */
	readonly settings: string;
}

const plain = { hasGpus: true, env: {}, settings: '' };

export const offModes: readonly OffMode[] = [
	{ ...plain, name: 'no inventory', hasGpus: false },
	{ ...plain, name: 'LABC_GPU_ALLOT=off', env: { LABC_GPU_ALLOT: 'off' } },
	{ ...plain, name: 'x-labc: allot: false', settings: 'x-labc: {gpu: {allot: false}}\n' },
];

/** For the counter-proof: labc gives GPUs out, so that something must differ. */
export const allotting: OffMode = { ...plain, name: 'allotting' };

/** What the engine was asked for, by container; and whether the tool was content. */
export interface Asked {
	readonly succeeded: boolean;
	readonly containers: Readonly<Record<string, unknown>>;
}

export interface Asking {
	readonly tool: 'labc' | 'dockerCompose';
	readonly project: string;
	readonly mode: OffMode;
	readonly tools: ToolPaths;
}

const fakeGpus = path.join(root, 'scripts/fake-gpu');

/** Lets the tool carry the request out and inspects what it made. Everything is gone afterwards. */
export async function askEngine(request: GpuRequest, { tool, project, mode, tools }: Asking): Promise<Asked> {
	const service = request.service.replaceAll('\n', '\n    ');
	const files = {
		'compose.yml': `${mode.settings}services:\n  t:\n    image: ${testImage}\n    command: sleep 600\n    network_mode: none\n    stop_grace_period: 0s\n    ${service}\n`,
		...request.files,
	};
	const tooled = mode.hasGpus && { PATH: `${fakeGpus}:${process.env['PATH']}`, FAKE_GPU_BOX: `${fakeGpus}/box.json` };
	const env = { ...request.env, ...mode.env, ...tooled };
	await using made = scenario({ files, env, project, tools });
	const words = (request.verb ?? ['up', '-d']).map((word) => (word === 'NAME' ? `${project}-once` : word));
	const args = [...(request.globals ?? []), ...words];
	const outcome = await (tool === 'labc' ? made.labc('compose', ...args) : made.dockerCompose(...args));
	return { succeeded: isContent(outcome), containers: await inspectAll(project) };
}

const isContent = ({ status }: Outcome): boolean => status === 0;

async function inspectAll(project: string): Promise<Asked['containers']> {
	const ids = await docker('ps', '-aq', '--no-trunc', '--filter', `label=com.docker.compose.project=${project}`);
	if (ids === '') return {};
	const all: unknown = JSON.parse(await docker('inspect', ...ids.split('\n')));
	return Object.fromEntries((Array.isArray(all) ? all : []).map(record).map(asked).sort());
}

/**
 * The whole of what the container was given, its environment, and the hash by which it is known. docker compose takes
 * a one-off's own name into the hash, so that it says nothing there.
 */
function asked({ Name, HostConfig, Config }: Readonly<Record<string, unknown>>): readonly [string, unknown] {
	const { Env, Labels } = record(Config);
	const labels = record(Labels);
	const hash = labels['com.docker.compose.oneoff'] === 'True' ? undefined : labels['com.docker.compose.config-hash'];
	const env = Array.isArray(Env) ? [...Env].sort() : Env;
	return [String(Name), { HostConfig, Env: env, hash }];
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null ? { ...value } : {};
