import path from 'node:path';
import type { LocateAttribute } from '../document/locate-attribute.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Build } from '../model/build.ts';
import type { WatchRule } from '../model/develop.ts';
import type { Service } from '../model/service.ts';
import { brokenPattern, parseIgnoreFile } from './patterns.ts';
import { compileRule, type IgnoreFile, type Rule, type RuleSource, relativeBelow } from './rules.ts';

export interface WatchedRules {
	readonly rules: readonly Rule[];
	readonly warnings: readonly string[];
}

/** Gives the text of a file; undefined where there is none. */
export type ReadText = (file: string) => string | undefined;

export interface RuleReading {
	readonly readText: ReadText;
	/** Finds what is wrong in the user's files. */
	readonly locate: LocateAttribute;
}

/** The rules of the services, ready to be asked. Throws where there is none, or one that can't be followed. */
export function watchedRules(services: ReadonlyMap<string, Service>, reading: RuleReading): WatchedRules {
	const sources = [...services].flatMap(([name, service]) => sourcesOf(name, service, reading));
	if (sources.length === 0) throw noRule([...services.keys()]);
	const { mounted = [], watched = [] } = Object.groupBy(sources, ({ mount }) =>
		mount === undefined ? 'watched' : 'mounted',
	);
	if (watched.length === 0) throw onlyMounts(mounted);
	return { rules: watched.map(compileRule), warnings: mounted.map(mountText) };
}

interface Source extends RuleSource {
	/** Where the container sees the path without any copying. */
	readonly mount: string | undefined;
}

function sourcesOf(name: string, service: Service, reading: RuleReading): readonly Source[] {
	const ignoreFile = service.build === undefined ? undefined : readIgnoreFile(service.build, reading.readText);
	return (service.develop?.watch ?? []).map((declared, index) => {
		const problem = problemOf(name, service, declared);
		if (problem !== undefined) {
			const { attribute, message, hint } = problem;
			const at = reading.locate(['services', name, 'develop', 'watch', index, ...attribute]);
			throw new LabcError('MODEL_INVALID', message, { hint, at });
		}
		const mount = isPlainSync(declared) ? boundAbove(declared.path, service) : undefined;
		return { service: name, index, declared, ignoreFile, mount };
	});
}

const noRule = (services: readonly string[]): LabcError =>
	new LabcError('WATCH_UNDEFINED', `nothing to watch: no selected service has a \`develop.watch\` rule`, {
		hint: `Give ${services.length === 1 ? '' : 'one of '}${services.map((name) => `\`${name}\``).join(', ')} a rule under \`develop.watch\`: \`path\`, \`action\` and, to copy, \`target\`.`,
	});

const onlyMounts = (mounted: readonly Source[]): LabcError =>
	new LabcError('WATCH_UNDEFINED', `nothing to watch: ${mounted.map(mountText).join('\n')}`, {
		hint: 'Take the mount away, or watch another path.',
	});

const mountText = ({ service, declared, mount }: Source): string =>
	`\`${declared.path}\` is not watched for service \`${service}\`: its container sees it already, through the mount at \`${mount}\``;

interface Problem {
	/** Below the rule. */
	readonly attribute: readonly (string | number)[];
	readonly message: string;
	readonly hint: string;
}

/** Why a rule can't be followed. */
function problemOf(service: string, { build }: Service, { action, exec, ...lists }: WatchRule): Problem | undefined {
	const subject = `service \`${service}\` can't be watched`;
	if (action === 'rebuild' && build === undefined) {
		const message = `${subject} with \`action: rebuild\`: it has no \`build\``;
		return {
			attribute: ['action'],
			message,
			hint: 'Give it a `build`, or choose `action: sync` or `action: restart`.',
		};
	}
	if (action === 'sync+exec' && exec?.command == null) {
		const message = `${subject} with \`action: sync+exec\`: the rule has no command`;
		return { attribute: ['action'], message, hint: 'Add `exec: {command: [...]}`, or choose `action: sync`.' };
	}
	for (const list of ['include', 'ignore'] as const) {
		const broken = brokenPattern(lists[list] ?? []);
		if (broken === undefined) continue;
		const message = `\`${broken}\` is no pattern: a \`[\` is not closed, or a backslash stands before nothing`;
		return { attribute: [list], message, hint: 'Write a backslash before a character that means itself.' };
	}
	return undefined;
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
	if (text === undefined) return undefined;
	const patterns = parseIgnoreFile(text);
	const broken = brokenPattern(patterns);
	if (broken === undefined) return { folder: context, patterns };
	throw new LabcError('MODEL_INVALID', `\`${broken}\` in the \`.dockerignore\` of \`${context}\` is no pattern`, {
		hint: 'Close each `[`, and write a backslash before a character that means itself.',
	});
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
