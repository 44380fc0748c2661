import path from 'node:path';
import { root, type Scenario, scenario } from './scenario.ts';

/** The folder that `scripts/fake-gpu/start.sh` made; its engine has busybox. */
const boxFolder = process.env['LABC_TEST_GPU_BOX'];
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
const gpuService = (asks: string): string => `
    image: busybox:latest
    command: sleep 600
    network_mode: none
    stop_grace_period: 0s
    ${asks}`;

/** A project whose only service `t` says how it asks for GPUs. */
export const gpuLab = (asks: string, env: Readonly<Record<string, string>> = boxEnv): Scenario =>
	scenario({ env, files: { 'compose.yml': `services:\n  t:${gpuService(asks)}\n` } });

export async function down(...labs: readonly Scenario[]): Promise<void> {
	for (const each of labs) await each.labc('compose', 'down');
}
