import type { Diagnostic } from '../errors/diagnostic.ts';
import { errorFromDiagnostics } from '../errors/labc-error.ts';
import type { UpContext } from './up-context.ts';

interface Named {
	readonly name: string;
	readonly external?: true;
}

/** Throws `ENGINE_NOT_FOUND` for the external networks and volumes that are not there, all of them at once. */
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
			if (!resource?.external || found.has(resource.name)) return [];
			return [missingExternal({ kind, key, name: resource.name }, options)];
		});
	const problems = [
		...missing('network', keys.networks, project.networks),
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
