/**
 * Asks for GPUs in every spelling, with docker compose and with labc that gives none out, and compares what the engine
 * that `DOCKER_HOST` names was asked for: `node test/differential/gpu/compare-requests.ts [--only REGEX]
 * [--docker-compose PATH] [--labc PATH]`. Any engine does; one with GPUs (`scripts/fake-gpu/start.sh`) starts more of them.
 */
import { parseArgs } from 'node:util';
import { docker, dockerComposePath, labcPath, whyNoEngine } from '../../scenario/scenario.ts';
import { whyNoTestEngine } from '../../support/test-engine.ts';
import { allotting, offModes } from './ask-engine.ts';
import { compareRequest, type RequestVerdict } from './compare-request.ts';
import { gpuRequests } from './requests.ts';

const { values } = parseArgs({
	options: { only: { type: 'string', default: '' }, 'docker-compose': { type: 'string' }, labc: { type: 'string' } },
});
const dockerCompose = values['docker-compose'] ?? dockerComposePath();
const missing =
	whyNoEngine() ??
	(await whyNoTestEngine()) ??
	(dockerCompose === undefined ? 'docker compose is not installed' : undefined);
if (missing !== undefined) {
	process.stderr.write(`${missing}\n`);
	process.exit(1);
}

const tools = { labc: values.labc ?? labcPath, dockerCompose };
const modes = (await engineTellsGpus()) ? offModes.filter(({ hasGpus }) => hasGpus) : offModes;
for (const { name } of offModes.filter((mode) => !modes.includes(mode))) {
	process.stdout.write(`not compared here: ${name}: this engine itself tells of GPUs\n`);
}
const pattern = new RegExp(values.only);
const counts = { equal: 0, refused: 0, total: 0 };
const atATime = 4;
const pending = gpuRequests.filter(({ name }) => pattern.test(name));
await Promise.all(Array.from({ length: atATime }, work));
const isProof = await allottingDiffers();
if (!isProof) process.stdout.write('labc that gives GPUs out asks for the same as well: nothing is proven\n');
process.stdout.write(`${counts.equal} equal / ${counts.total} total (${counts.refused} refused by both)\n`);
process.exitCode = isProof && counts.total > 0 && counts.equal === counts.total ? 0 : 1;

async function work(): Promise<void> {
	for (let request = pending.shift(); request !== undefined; request = pending.shift()) {
		tell(request.name, await compareRequest(request, { modes, tools }));
	}
}

function tell(name: string, verdicts: readonly RequestVerdict[]): void {
	const differing = verdicts.filter(({ differences }) => differences.length > 0);
	counts.total += verdicts.length;
	counts.equal += verdicts.length - differing.length;
	counts.refused += verdicts.filter((one) => one.refused && !differing.includes(one)).length;
	process.stdout.write(`${differing.length === 0 ? 'equal  ' : 'differs'}  ${name}\n`);
	for (const { mode, differences } of differing) {
		process.stdout.write(differences.map((line) => `    ${mode}: ${line}\n`).join(''));
	}
}

async function engineTellsGpus(): Promise<boolean> {
	return (await docker('info', '--format', '{{json .DiscoveredDevices}}').catch(() => '')).includes('gpu=');
}

/** The counter-proof: the comparison sees what labc changes where it does give GPUs out. */
async function allottingDiffers(): Promise<boolean> {
	const request = { name: 'counter-proof', service: 'gpus: [{count: 1}]' };
	const [verdict] = await compareRequest(request, { modes: [allotting], tools });
	return verdict?.differences.some((line) => line.includes('DeviceRequests')) ?? false;
}
