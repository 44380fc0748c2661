import type { Diagnostic } from '../errors/diagnostic.ts';
import { errorFromDiagnostics } from '../errors/labc-error.ts';
import { ambiguousNetworks } from './ambiguous-networks.ts';
import type { UpContext } from './up-context.ts';

interface Named {
	/** Undefined where the file says `name: ""`: docker compose prints such a project, but the engine refuses it. */
	readonly name: string | undefined;
	readonly external?: true;
}

/**
 * Throws `ENGINE_NOT_FOUND` for the external networks and volumes that are not there, and `MODEL_INVALID` for those
 * with an empty name, all of them at once.
 */
export function requireExternals(
	keys: { readonly networks: Iterable<string>; readonly volumes: Iterable<string> },
	{ project, state, options }: Pick<UpContext, 'project' | 'state' | 'options'>,
): void {
	const missing = (
		kind: 'network' | 'volume',
		wanted: Iterable<string>,
		declared: ReadonlyMap<string, Named>,
	): Diagnostic[] =>
		[...wanted].flatMap((key) => {
			const resource = declared.get(key);
			const found = kind === 'network' ? state.networks : state.volumes;
			if (resource !== undefined && !resource.name) return [unnamed(kind, key, options)];
			if (!resource?.external || !resource.name || found.has(resource.name)) return [];
			return [missingExternal({ kind, key, name: resource.name }, options)];
		});
	const problems = [
		...missing('network', keys.networks, project.networks),
		...ambiguousNetworks(keys.networks, { project, state, options }),
		...missing('volume', keys.volumes, project.volumes),
	];
	if (problems.length > 0) throw errorFromDiagnostics(problems);
}

function missingExternal(
	{ kind, key, name }: { readonly kind: 'network' | 'volume'; readonly key: string; readonly name: string },
	{ locate }: UpContext['options'],
): Diagnostic {
	return {
		severity: 'error',
		code: 'ENGINE_NOT_FOUND',
		message: `${kind} \`${name}\` is declared as external, but the engine has none of that name`,
		at: locate?.([`${kind}s`, key]),
		path: `${kind}s.${key}`,
		hint: `Create it with \`docker ${kind} create ${name}\`, or remove \`external: true\`.`,
	};
}

function unnamed(kind: 'network' | 'volume', key: string, { locate }: UpContext['options']): Diagnostic {
	return {
		severity: 'error',
		code: 'MODEL_INVALID',
		message: `the name of ${kind} \`${key}\` is empty`,
		at: locate?.([`${kind}s`, key, 'name']),
		path: `${kind}s.${key}.name`,
		hint: 'Give it a name, or leave `name` out.',
	};
}
