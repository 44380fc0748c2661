import { LabcError } from '../errors/labc-error.ts';
import { findOnPath, findPlugin, type PluginSearch } from './find-plugin.ts';
import type { ProvidedVariables, ProviderRequest } from './programs.ts';
import { newAnswers } from './provider-answers.ts';
import { acceptedOptions, parseMetadata } from './provider-metadata.ts';
import { runProgram } from './run-program.ts';

/** Runs `<type> compose --project-name=PROJECT VERB [--option=value…] SERVICE` and listens to what it answers. */
export async function runProvider(request: ProviderRequest, search: PluginSearch): Promise<ProvidedVariables> {
	const { provider, service, projectName, verb, signal } = request;
	const program = await findProvider(request, search);
	const { env } = search;
	const asked = await runProgram(program, ['compose', 'metadata'], { env, signal });
	const options = acceptedOptions(request, asked.status === 0 ? parseMetadata(asked.out.join('\n')) : undefined);
	const answers = newAnswers(request);
	if (options === undefined) return answers;
	const args = ['compose', `--project-name=${projectName}`, verb, ...options, service];
	const { status, err } = await runProgram(program, args, { env, signal, onLine: answers.read });
	if (status === 0) return answers;
	throw new LabcError(
		'PROVIDER_FAILED',
		[`failed to ${words[verb]} service provider \`${service}\`: exit status ${status ?? '(killed)'}`, err]
			.join('\n')
			.trim(),
		{ hint: `Run \`${provider.type} ${args.join(' ')}\` by hand.` },
	);
}

const words = { up: 'create', down: 'remove', stop: 'stop' } as const;

async function findProvider({ provider: { type }, service }: ProviderRequest, search: PluginSearch): Promise<string> {
	if (type === 'compose') {
		throw new LabcError('VALUE_INVALID', `\`compose\` is no provider: service \`${service}\` can't have it`, {
			hint: 'Name the program that provides the service.',
		});
	}
	const found = (await findPlugin(type, search)) ?? (await findOnPath(type, search));
	if (found !== undefined) return found;
	throw new LabcError(
		'PROVIDER_FAILED',
		`service \`${service}\` needs the program \`${type}\`, which is not installed`,
		{
			hint: `Put \`${type}\` on the PATH, or \`docker-${type}\` into \`~/.docker/cli-plugins\`.`,
		},
	);
}
