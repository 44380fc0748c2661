import path from 'node:path';
import type { Build } from '../model/build.ts';
import type { BuildOptions, BuildTarget } from './builder.ts';

/** What `buildx bake` reads, and how to read its answers. */
export interface BakePlan {
	readonly definition: object;
	/** Bake's name for a target → the service it builds for. */
	readonly serviceByTarget: ReadonlyMap<string, string>;
	/** Folders that bake must be allowed to read. */
	readonly readableDirs: readonly string[];
}

type PlanOptions = Pick<BuildOptions, 'noCache' | 'pull' | 'args'>;

/** One bake target a service: the same fields docker compose gives it. */
export function planBake(targets: readonly BuildTarget[], options: PlanOptions): BakePlan {
	const serviceByTarget = new Map<string, string>();
	const definitions: Record<string, object> = {};
	for (const target of targets) {
		const name = freeName(target.service, serviceByTarget);
		serviceByTarget.set(name, target.service);
		definitions[name] = targetDefinition(target, options);
	}
	return {
		definition: { group: { default: { targets: [...serviceByTarget.keys()] } }, target: definitions },
		serviceByTarget,
		readableDirs: [...new Set(targets.flatMap(readDirs))],
	};
}

/** Contexts that BuildKit fetches itself are no folders. */
export const isRemoteContext = (context: string): boolean => /^(?:[a-z+-]+:\/\/|git@|github\.com\/)/.test(context);

/** Where the Dockerfile of a local context is. */
export const dockerfilePath = ({ context, dockerfile = 'Dockerfile' }: Build): string =>
	isRemoteContext(context) ? dockerfile : path.resolve(context, dockerfile);

/** Bake's names have no dots. */
function freeName(service: string, taken: ReadonlyMap<string, string>): string {
	const base = service.replaceAll('.', '_');
	let name = base;
	for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
	return name;
}

function targetDefinition(target: BuildTarget, options: PlanOptions): object {
	const { build } = target;
	const platforms = build.platforms ?? (target.platform === undefined ? [] : [target.platform]);
	const args = { ...build.args, ...options.args };
	return withoutEmpty({
		context: literal(build.context),
		dockerfile: build.dockerfile_inline === undefined ? literal(dockerfilePath(build)) : undefined,
		'dockerfile-inline': build.dockerfile_inline === undefined ? undefined : literal(build.dockerfile_inline),
		args: literals(args),
		labels: literals({ ...build.labels, ...target.labels }),
		tags: [...(build.tags ?? []), target.image],
		'cache-from': build.cache_from,
		'cache-to': build.cache_to,
		target: build.target,
		secret: secretSources(target),
		platforms,
		pull: build.pull === true || options.pull === true ? true : undefined,
		'no-cache': build.no_cache === true || options.noCache === true ? true : undefined,
		network: build.network,
		'shm-size': build.shm_size,
		'extra-hosts': Object.fromEntries((build.extra_hosts ?? []).map(hostEntry)),
		output: ['type=docker'],
	});
}

function secretSources({ build, secrets }: BuildTarget): readonly string[] {
	return (build.secrets ?? []).flatMap(({ source, target = source }) => {
		const secret = secrets.get(source);
		if (secret?.environment !== undefined) return [`id=${target},type=env,env=${secret.environment}`];
		return secret?.file === undefined ? [] : [`id=${target},type=file,src=${secret.file}`];
	});
}

function readDirs({ build, secrets }: BuildTarget): readonly string[] {
	const dirs = isRemoteContext(build.context) ? [] : [build.context];
	if (dirs.length > 0 && build.dockerfile_inline === undefined) dirs.push(path.dirname(dockerfilePath(build)));
	const files = (build.secrets ?? []).map(({ source }) => secrets.get(source)?.file);
	return [...dirs, ...files.filter((file) => file !== undefined).map((file) => path.dirname(file))];
}

function hostEntry(entry: string): readonly [string, string] {
	const equals = entry.indexOf('=');
	return [entry.slice(0, equals), entry.slice(equals + 1)];
}

/** Bake takes strings for templates: what looks like one is said to be text. */
const literal = (text: string): string => text.replace(/[$%](?=\{)/g, '$&$&');

const literals = (entries: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Object.entries(entries).flatMap(([key, value]) => (value === null ? [] : [[key, literal(value)]])),
	);

/** Fields that are undefined, or lists and maps without entries, are left out. */
const withoutEmpty = (fields: Readonly<Record<string, unknown>>): object =>
	Object.fromEntries(
		Object.entries(fields).filter(
			([, value]) =>
				value !== undefined && (typeof value !== 'object' || value === null || Object.keys(value).length > 0),
		),
	);
