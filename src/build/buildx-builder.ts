import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { LabcError } from '../errors/labc-error.ts';
import type { Variables } from '../options/variables.ts';
import type { PluginSearch } from '../programs/find-plugin.ts';
import { type BakePlan, planBake } from './bake-plan.ts';
import { buildFailed } from './build-failure.ts';
import { BuildProgress } from './build-progress.ts';
import type { Builder, BuildOptions, BuildTarget } from './builder.ts';
import { findBuildx } from './find-buildx.ts';
import { missingSecret } from './missing-secret.ts';

export interface BuilderRequest extends PluginSearch {
	/** The engine's address, as DOCKER_HOST says it. */
	readonly engineAddress: string;
	/** What the `environment` of secrets is looked up in. Buildx sees the values of secrets only. */
	readonly variables: Variables;
}

const killAfterMs = 3000;

/** Builds through `docker buildx bake`, as docker compose does. The program is looked for at the first build. */
export const createBuilder = (request: BuilderRequest): Builder => ({
	async build(targets, options) {
		if (targets.length === 0) return;
		const missing = missingSecret(targets, request.variables);
		if (missing !== undefined) throw missing;
		const program = await findBuildx(request);
		options.signal.throwIfAborted();
		await bake({ program, request, targets, options });
	},
});

interface Bake {
	readonly program: string;
	readonly request: BuilderRequest;
	readonly targets: readonly BuildTarget[];
	readonly options: BuildOptions;
}

async function bake({ program, request, targets, options }: Bake): Promise<void> {
	const plan = planBake(targets, options);
	const child = spawn(program, bakeArguments(plan), { env: buildxEnvironment(request, plan), stdio: 'pipe' });
	const stop = killOnAbort(child, options.signal);
	const progress = new BuildProgress(plan.serviceByTarget, options);
	const words: string[] = [];
	const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
	child.stdin.on('error', () => {});
	child.stdin.end(JSON.stringify(plan.definition));
	const read = async (stream: Readable): Promise<void> => {
		for await (const line of createInterface({ input: stream })) if (!progress.push(line)) words.push(line);
	};
	try {
		const [status] = await Promise.all([ended, read(child.stdout), read(child.stderr)]);
		if (options.signal.aborted) throw new LabcError('INTERRUPTED', 'the build was interrupted');
		if (status !== 0) throw buildFailed({ targets, progress, words });
	} finally {
		stop();
	}
}

const bakeArguments = ({ readableDirs, entitlements }: BakePlan): readonly string[] => [
	'bake',
	'--file',
	'-',
	'--progress',
	'rawjson',
	...readableDirs.flatMap((dir) => ['--allow', `fs.read=${dir}`]),
	...entitlements.flatMap((entitlement) => ['--allow', entitlement]),
];

/** The builder is told the same engine that labc talks to, whatever docker's current context says. */
const buildxEnvironment = (
	{ env, engineAddress, variables }: BuilderRequest,
	{ secretVariables }: BakePlan,
): Record<string, string | undefined> => ({
	...env,
	...Object.fromEntries([...secretVariables].map(([name, variable]) => [name, variables.get(variable)])),
	DOCKER_HOST: engineAddress,
	DOCKER_CONTEXT: undefined,
});

/** Asks once and then insists. Returns what ends the watching. */
function killOnAbort(child: { kill(signal: NodeJS.Signals): boolean }, signal: AbortSignal): () => void {
	let insist: NodeJS.Timeout | undefined;
	const kill = (): void => {
		child.kill('SIGTERM');
		insist = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
	};
	signal.addEventListener('abort', kill, { once: true });
	return () => {
		signal.removeEventListener('abort', kill);
		clearTimeout(insist);
	};
}
