import path from 'node:path';
import { LabcError } from '../errors/labc-error.ts';
import type { Build } from '../model/build.ts';
import type { WatchRule } from '../model/develop.ts';
import type { Service } from '../model/service.ts';
import { parseIgnoreFile } from './patterns.ts';
import { compileRule, type IgnoreFile, type Rule, type RuleSource, relativeBelow } from './rules.ts';

export interface WatchedRules {
	readonly rules: readonly Rule[];
	readonly warnings: readonly string[];
}

/** Gives the text of a file; undefined where there is none. */
export type ReadText = (file: string) => string | undefined;

/** The rules of the services, ready to be asked. Throws where there is none, or one that can't be followed. */
export function watchedRules(services: ReadonlyMap<string, Service>, readText: ReadText): WatchedRules {
	const sources = [...services].flatMap(([name, service]) => sourcesOf(name, service, readText));
	if (sources.length === 0) throw noRule([...services.keys()]);
	const { mounted = [], watched = [] } = Object.groupBy(sources, ({ mount }) =>
		mount === undefined ? 'watched' : 'mounted',
	);
	return {
		rules: watched.map(compileRule),
		warnings: mounted.map(
			({ service, declared, mount }) =>
				`\`${declared.path}\` is not watched for service \`${service}\`: its container sees it already, through the mount at \`${mount}\``,
		),
	};
}

interface Source extends RuleSource {
	/** Where the container sees the path without any copying. */
	readonly mount: string | undefined;
}

function sourcesOf(name: string, service: Service, readText: ReadText): readonly Source[] {
	const ignoreFile = service.build === undefined ? undefined : readIgnoreFile(service.build, readText);
	return (service.develop?.watch ?? []).map((declared, index) => {
		requireBuild(name, service, declared);
		const mount = isPlainSync(declared) ? boundAbove(declared.path, service) : undefined;
		return { service: name, index, declared, ignoreFile, mount };
	});
}

const noRule = (services: readonly string[]): LabcError =>
	new LabcError('WATCH_UNDEFINED', `nothing to watch: no selected service has a \`develop.watch\` rule`, {
		hint: `Give one of ${services.join(', ')} a rule under \`develop.watch\`: \`path\`, \`action\` and, to copy, \`target\`.`,
	});

function requireBuild(service: string, { build }: Service, { action }: WatchRule): void {
	if (action !== 'rebuild' || build !== undefined) return;
	throw new LabcError(
		'MODEL_INVALID',
		`service \`${service}\` can't be watched with \`action: rebuild\`: it has no \`build\``,
		{
			hint: 'Give it a `build`, or choose `action: sync` or `action: restart`.',
		},
	);
}

const isPlainSync = ({ action }: WatchRule): boolean => action === 'sync' || action === 'sync+restart';

/** The mount through which a container sees the host's path as it is. */
function boundAbove(hostPath: string, { volumes = [] }: Service): string | undefined {
	const mount = volumes.find(
		({ type, source }) =>
			type === 'bind' && source !== undefined && relativeBelow(path.resolve(source), hostPath) !== undefined,
	);
	return mount?.target;
}

/** `<Dockerfile>.dockerignore` before `.dockerignore`, as a build takes them. */
function readIgnoreFile({ context, dockerfile = 'Dockerfile' }: Build, readText: ReadText): IgnoreFile | undefined {
	if (!path.isAbsolute(context)) return undefined;
	const text =
		readText(`${path.resolve(context, dockerfile)}.dockerignore`) ?? readText(path.join(context, '.dockerignore'));
	return text === undefined ? undefined : { folder: context, patterns: parseIgnoreFile(text) };
}

/** The roots of the rules, but for those that lie in another one. */
export function outermostRoots(rules: readonly Rule[]): readonly string[] {
	const roots = [...new Set(rules.map(({ root }) => root))];
	return roots.filter((root) => !roots.some((other) => other !== root && relativeBelow(other, root) !== undefined));
}

/** Whether nobody cares for anything in a folder. */
export const ignoredByAll =
	(rules: readonly Rule[]) =>
	(folder: string): boolean =>
		rules.every(
			(rule) =>
				relativeBelow(folder, rule.root) === undefined &&
				(relativeBelow(rule.root, folder) === undefined || rule.ignoresTree(folder)),
		);
