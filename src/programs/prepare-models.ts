import { LabcError } from '../errors/labc-error.ts';
import type { AiModel } from '../model/ai-model.ts';
import { findPlugin, type PluginSearch } from './find-plugin.ts';
import type { ModelRequest } from './programs.ts';
import { runProgram } from './run-program.ts';

/** Has docker's plugin for models fetch what is missing and set all of them up; gives the address they answer under. */
export async function prepareModels(request: ModelRequest, search: PluginSearch): Promise<string> {
	const program = await findPlugin('model', search);
	if (program === undefined) {
		throw new LabcError('PROVIDER_FAILED', '`models` needs the Docker Model plugin, which is not installed', {
			hint: 'Install the package `docker-model-plugin`, or take `models` out of the services.',
		});
	}
	const call = (args: readonly string[], onLine?: (line: string) => void) =>
		callPlugin(args, { program, env: search.env, signal: request.signal, ...(onLine && { onLine }) });
	const there = availableModels(await call(['ls', '--json']));
	const [endpoint] = await Promise.all([
		call(['status', '--json']).then(endpointOf),
		...request.models.map(async (model) => {
			if (!there.has(model.model)) await call(['pull', model.model], request.onProgress);
			await call(configureArguments(model));
		}),
	]);
	return endpoint;
}

const configureArguments = ({ model, context_size, runtime_flags = [] }: AiModel): readonly string[] => [
	'configure',
	...(context_size !== undefined && context_size > 0 ? ['--context-size', String(context_size)] : []),
	model,
	...(runtime_flags.length > 0 ? ['--', ...runtime_flags] : []),
];

interface PluginCall {
	readonly program: string;
	readonly env: PluginSearch['env'];
	readonly signal: AbortSignal;
	onLine?(line: string): void;
}

async function callPlugin(args: readonly string[], { program, ...run }: PluginCall): Promise<string> {
	const { status, out, err } = await runProgram(program, args, run);
	if (status === 0) return out.join('\n');
	const said = [...out, err].join('\n').trim();
	throw new LabcError(
		'PROVIDER_FAILED',
		`\`docker model ${args.join(' ')}\` failed: ${said || `exit status ${status}`}`,
		{
			hint: 'Run it by hand; `docker model status` says whether models can run here.',
		},
	);
}

/** The names under which models are there already. */
function availableModels(json: string): ReadonlySet<string> {
	const listed = parse<readonly { readonly tags?: readonly string[] | null }[] | null>(json, 'ls') ?? [];
	return new Set(listed.flatMap(({ tags }) => tags ?? []));
}

const endpointOf = (json: string): string => parse<{ readonly endpoint?: string }>(json, 'status').endpoint ?? '';

function parse<T>(json: string, verb: string): T {
	try {
		return JSON.parse(json) as T;
	} catch (cause) {
		throw new LabcError('PROVIDER_FAILED', `\`docker model ${verb} --json\` answers with something else than JSON`, {
			cause,
			hint: 'Update the package `docker-model-plugin`.',
		});
	}
}
