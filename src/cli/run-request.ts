import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Findings } from '../errors/findings.ts';
import type { Project } from '../model/project.ts';
import type { Variables } from '../options/variables.ts';
import { requireService } from '../plan/select-services.ts';
import { overrideService } from '../use-cases/run-overrides.ts';
import type { RunServiceRequest } from '../use-cases/run-service.ts';
import type { CommandContext } from './command.ts';
import { connectionOf } from './connection.ts';
import { gpuMode, gpuWait } from './gpu-tools.ts';
import type { RunValues } from './run-flags.ts';
import { hashForm } from './up-options.ts';

export interface RunTarget {
	readonly project: Project;
	/** The caller's variables with what `.env` adds. */
	readonly environment: Variables;
	/** The service, then the command. */
	readonly words: readonly string[];
}

/** Turns the command line of `run` into what the use-case works with. */
export async function runRequest(
	context: CommandContext,
	values: RunValues,
	{ project, environment, words: [serviceName = '', ...command] }: RunTarget,
): Promise<RunServiceRequest> {
	const { terminal } = context;
	const detach = values.detach ?? false;
	const connection = detach
		? { tty: values.tty ?? false, input: values.interactive ?? true }
		: connectionOf(terminal, values);
	const overrides = {
		...connection,
		command,
		entrypoint: values.entrypoint,
		environment: values.env,
		environmentFromFiles: await readEnvFiles(values['env-from-file'], environment, context.cwd),
		user: values.user,
		workingDir: values.workdir,
		volumes: values.volume,
		publish: values.publish,
		servicePorts: values['service-ports'] ?? false,
		labels: values.label,
		capAdd: values['cap-add'],
		capDrop: values['cap-drop'],
	};
	const resolvePath = (source: string): string => path.resolve(context.cwd, source);
	const lookup = (name: string): string | undefined => environment.get(name);
	return {
		...connection,
		serviceName,
		service: overrideService(requireService(project, serviceName), overrides, { lookup, resolvePath }),
		slug: randomBytes(32).toString('hex'),
		name: values.name,
		useAliases: values['use-aliases'] ?? false,
		noDeps: values['no-deps'] ?? false,
		orphans: values['remove-orphans'] ? 'remove' : 'warn',
		hashForm: hashForm(context.env),
		...gpuMode(values.gpus),
		...gpuWait(values['gpu-wait'], context.env),
		detach,
		remove: values.rm ?? false,
		images: { pull: values.pull, build: values.build ? 'always' : 'missing' },
		consoleSize: connection.tty && !detach ? terminal.size() : undefined,
		flushProgress: () => context.flushProgress(),
		onDetached: (id) => terminal.out(`${id}\n`),
		onDetach: (container) => void terminal.err(`left ${container} running\n`),
	};
}

async function readEnvFiles(
	files: readonly string[],
	environment: Variables,
	cwd: string,
): Promise<ReadonlyMap<string, string>> {
	const into = new Map<string, string>();
	if (files.length === 0) return into;
	const [{ readSource }, { readEnv }] = await Promise.all([
		import('../sources/read-source.ts'),
		import('../sources/env-grammar.ts'),
	]);
	const findings = new Findings();
	for (const file of files) {
		const source = await readSource(path.resolve(cwd, file), { named: true, role: 'env file' });
		readEnv(source, { lookup: (name) => environment.get(name), into, findings });
	}
	findings.throwIfAny();
	return into;
}
