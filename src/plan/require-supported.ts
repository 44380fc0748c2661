import type { LocateAttribute } from '../document/locate-attribute.ts';
import type { Diagnostic } from '../errors/diagnostic.ts';
import { errorFromDiagnostics } from '../errors/labc-error.ts';
import type { SourceLocation } from '../errors/source-location.ts';
import type { Service } from '../model/service.ts';
import { buildSupports, type Support, serviceSupports } from './supported-attributes.ts';

type Path = readonly (string | number)[];

interface Locating {
	/** Where an attribute was written. */
	readonly locate?: LocateAttribute;
}

/** Throws `ATTRIBUTE_UNSUPPORTED` for all that the services ask of their containers and labc can't do yet. */
export function requireSupported(services: Iterable<readonly [string, Service]>, locating: Locating = {}): void {
	const refused = [...services].flatMap(([name, service]) =>
		refusals({ value: service, support: { fields: serviceSupports }, path: ['services', name] }),
	);
	refuse(refused, locating);
}

/** The same for what they ask of their builds. */
export function requireBuildSupported(services: Iterable<readonly [string, Service]>, locating: Locating = {}): void {
	const refused = [...services].flatMap(([name, { build }]) =>
		refusals({ value: build, support: { fields: buildSupports }, path: ['services', name, 'build'] }),
	);
	refuse(refused, locating);
}

interface Asked {
	readonly value: unknown;
	readonly support: Support;
	readonly path: Path;
}

/** The paths of what is asked for and refused. */
function refusals({ value, support, path }: Asked): readonly Path[] {
	if (value === undefined || value === null || support === 'done' || support === 'unused') return [];
	if (support === 'refused') return [path];
	if ('refusedIf' in support) return support.refusedIf(value) ? [path] : [];
	const within = (key: string | number, inner: unknown, innerSupport: Support): readonly Path[] =>
		refusals({ value: inner, support: innerSupport, path: [...path, key] });
	if ('each' in support) {
		const items = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
		return items.flatMap(([key, item]) => within(key, item, support.each));
	}
	return Object.entries(value).flatMap(([key, inner]) => within(key, inner, support.fields[key] ?? 'done'));
}

function refuse(paths: readonly Path[], { locate }: Locating): void {
	if (paths.length > 0) throw errorFromDiagnostics(paths.map((path) => diagnosticOf(path, locate?.(path))));
}

function diagnosticOf(path: Path, at: SourceLocation | undefined): Diagnostic {
	const [, service, ...attribute] = path;
	return {
		severity: 'error',
		code: 'ATTRIBUTE_UNSUPPORTED',
		message: `labc cannot carry out \`${attribute.join('.')}\` of service \`${service}\` yet`,
		at,
		path: path.join('.'),
		hint: 'Remove it, or use docker compose for this project.',
	};
}
