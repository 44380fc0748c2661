import path from 'node:path';
import { type Build, serviceContext } from '../model/build.ts';
import type { Ulimit } from '../model/ulimit.ts';
import type { BuildOptions, BuildTarget } from './builder.ts';

/** What `buildx bake` reads, and how to read its answers. */
export interface BakePlan {
	readonly definition: object;
	/** Bake's name for a target → the service it builds for. */
	readonly serviceByTarget: ReadonlyMap<string, string>;
	/** Folders that bake must be allowed to read. */
	readonly readableDirs: readonly string[];
	/** What bake must be allowed to grant its builds. */
	readonly entitlements: readonly string[];
	/** Name in buildx's environment → the variable whose value is a secret of the build. */
	readonly secretVariables: ReadonlyMap<string, string>;
}

type PlanOptions = Pick<BuildOptions, 'noCache' | 'pull' | 'push' | 'allPlatforms' | 'args'>;

/** One bake target a service: the same fields docker compose gives it. */
export function planBake(targets: readonly BuildTarget[], options: PlanOptions): BakePlan {
	const serviceByTarget = new Map<string, string>();
	for (const { service } of targets) serviceByTarget.set(freeName(service, serviceByTarget), service);
	const names = {
		targets: new Map([...serviceByTarget].map(([name, service]) => [service, name])),
		secretVariables: nameSecretVariables(targets),
	};
	const { secretVariables } = names;
	const definitions = targets.map((target) => [
		names.targets.get(target.service) ?? target.service,
		targetDefinition(target, options, names),
	]);
	return {
		definition: {
			group: { default: { targets: [...serviceByTarget.keys()] } },
			target: Object.fromEntries(definitions),
		},
		serviceByTarget,
		readableDirs: [...new Set(targets.flatMap(readDirs))],
		entitlements: [...new Set(targets.flatMap(({ build }) => entitlementsOf(build)))],
		secretVariables: new Map([...secretVariables].map(([variable, name]) => [name, variable])),
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

interface BakeNames {
	/** By service. */
	readonly targets: ReadonlyMap<string, string>;
	readonly secretVariables: SecretVariables;
}

function targetDefinition(target: BuildTarget, options: PlanOptions, names: BakeNames): object {
	const { build } = target;
	const platforms = platformsOf(target, options);
	const args = { ...build.args, ...options.args };
	return withoutEmpty({
		context: literal(build.context),
		contexts: contextsOf(build, names),
		dockerfile: build.dockerfile_inline === undefined ? literal(dockerfilePath(build)) : undefined,
		'dockerfile-inline': build.dockerfile_inline === undefined ? undefined : literal(build.dockerfile_inline),
		args: literals(args),
		labels: literals({ ...build.labels, ...target.labels }),
		tags: [...(build.tags ?? []), target.image],
		'cache-from': build.cache_from,
		'cache-to': build.cache_to,
		target: build.target,
		secret: secretSources(target, names.secretVariables),
		ssh: build.ssh?.map(sshText),
		entitlements: entitlementsOf(build),
		platforms,
		pull: build.pull === true || options.pull === true ? true : undefined,
		'no-cache': build.no_cache === true || options.noCache === true ? true : undefined,
		network: build.network,
		'shm-size': build.shm_size,
		ulimits: Object.entries(build.ulimits ?? {}).map(limitText),
		attest: [...attestation('provenance', build.provenance), ...attestation('sbom', build.sbom)],
		'extra-hosts': Object.fromEntries((build.extra_hosts ?? []).map(hostEntry)),
		output: [outputOf(platforms, target.isNamed === true && options.push === true)],
	});
}

/** What is run needs its own platform alone; where nobody says which, the builder knows its own. */
function platformsOf({ build, platform }: BuildTarget, { allPlatforms }: PlanOptions): readonly string[] {
	const { platforms = [] } = build;
	if (platform !== undefined && (!allPlatforms || platforms.length === 0)) return [platform];
	return allPlatforms || platforms.length === 1 ? platforms : [];
}

/** Only an image of a single platform can be handed to an engine as one. */
function outputOf(platforms: readonly string[], isPushed: boolean): string {
	if (platforms.length > 1) return `type=image,push=${isPushed}`;
	return isPushed ? 'type=registry' : 'type=docker';
}

/** By variable: a name of our own for it, so that no secret's name (`LD_PRELOAD`, `DOCKER_HOST`) steers buildx. */
type SecretVariables = ReadonlyMap<string, string>;

function nameSecretVariables(targets: readonly BuildTarget[]): SecretVariables {
	const variables = targets.flatMap(({ build, secrets }) =>
		(build.secrets ?? []).map(({ source }) => secrets.get(source)?.environment).filter((name) => name !== undefined),
	);
	return new Map([...new Set(variables)].map((variable, index) => [variable, `LABC_BUILD_SECRET_${index + 1}`]));
}

function secretSources({ build, secrets }: BuildTarget, variables: SecretVariables): readonly string[] {
	return (build.secrets ?? []).flatMap(({ source, target = source }) => {
		const secret = secrets.get(source);
		const variable = secret?.environment;
		if (variable !== undefined) return [`id=${target},type=env,env=${variables.get(variable) ?? variable}`];
		return secret?.file === undefined ? [] : [`id=${target},type=file,src=${secret.file}`];
	});
}

/** The image of another service is that of its target. */
const contextsOf = ({ additional_contexts: contexts = {} }: Build, { targets }: BakeNames) =>
	Object.fromEntries(
		Object.entries(contexts).map(([key, context]) => {
			const service = serviceContext(context);
			return [key, service === undefined ? literal(context) : `target:${targets.get(service) ?? service}`];
		}),
	);

/** Docker compose's form: an agent or a key has its name before it, and the default agent nothing behind it. */
const sshText = (entry: string): string => (entry.includes('=') ? entry : `${entry}=`);

const entitlementsOf = ({ entitlements = [], privileged }: Build): readonly string[] => [
	...new Set([...entitlements, ...(privileged === true ? ['security.insecure'] : [])]),
];

const limitText = ([name, limit]: readonly [string, Ulimit]): string =>
	typeof limit === 'number' ? `${name}=${limit}` : `${name}=${limit.soft ?? 0}:${limit.hard ?? 0}`;

/** `true` and `false` switch a record on and off; any other text holds its settings. */
function attestation(type: string, wanted: string | undefined): readonly string[] {
	if (wanted === undefined || wanted === 'false') return [];
	return [wanted === 'true' ? `type=${type}` : `type=${type},${wanted}`];
}

function readDirs({ build, secrets }: BuildTarget): readonly string[] {
	const contexts = Object.values(build.additional_contexts ?? {}).filter((context) => path.isAbsolute(context));
	const dirs = [...(isRemoteContext(build.context) ? [] : [build.context]), ...contexts];
	if (!isRemoteContext(build.context) && build.dockerfile_inline === undefined)
		dirs.push(path.dirname(dockerfilePath(build)));
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
