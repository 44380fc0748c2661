import type { Diagnostic } from '../errors/diagnostic.ts';
import type { UpContext } from './up-context.ts';

/** External networks of whose name the engine has several, so that nobody can tell which one is meant. */
export function ambiguousNetworks(
	keys: Iterable<string>,
	{ project, state, options }: Pick<UpContext, 'project' | 'state' | 'options'>,
): readonly Diagnostic[] {
	return [...keys].flatMap((key) => {
		const network = project.networks.get(key);
		const found = network?.external ? (state.networks.get(network.name ?? '') ?? []) : [];
		if (network === undefined || found.length < 2) return [];
		return [
			{
				severity: 'error',
				code: 'ENGINE_CONFLICT',
				message: `the engine has ${found.length} networks with the name \`${network.name}\``,
				at: options.locate?.(['networks', key]),
				path: `networks.${key}`,
				hint: `Give the id of the one you mean as its \`name\`, for example \`${found[0]?.id}\`.`,
			} satisfies Diagnostic,
		];
	});
}
