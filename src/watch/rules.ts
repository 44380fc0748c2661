import path from 'node:path';
import type { WatchRule } from '../model/develop.ts';
import { type PatternSet, patternSet } from './patterns.ts';

/** A rule of `develop.watch`, made ready to be asked about paths of the host. */
export interface Rule {
	readonly service: string;
	/** Its place in the service's list. */
	readonly index: number;
	readonly declared: WatchRule;
	/** Absolute; a folder or a file. */
	readonly root: string;
	/** Whether the rule is about the path. */
	covers(hostPath: string): boolean;
	/** Whether everything in the folder is ignored, so that nobody needs to look into it. */
	ignoresTree(folder: string): boolean;
	/** As `covers`, at the first copy of everything: docker compose leaves files out there that only describe the build. */
	coversAtStart(hostPath: string): boolean;
}

export interface IgnoreFile {
	/** The folder its patterns start from. */
	readonly folder: string;
	readonly patterns: readonly string[];
}

export interface RuleSource {
	readonly service: string;
	readonly index: number;
	readonly declared: WatchRule;
	/** That of the service's build, where it has one. */
	readonly ignoreFile: IgnoreFile | undefined;
}

export function compileRule({ service, index, declared, ignoreFile }: RuleSource): Rule {
	const root = declared.path;
	const included =
		declared.include === undefined || declared.include.length === 0 ? undefined : patternSet(declared.include);
	const ignoring: readonly Anchored[] = [
		{ folder: root, patterns: leftovers },
		{ folder: root, patterns: patternSet(declared.ignore ?? []) },
		...(ignoreFile === undefined ? [] : [{ folder: ignoreFile.folder, patterns: patternSet(ignoreFile.patterns) }]),
	];
	const isIgnored = (hostPath: string): boolean => ignoring.some((each) => matchesBelow(each, hostPath));
	const covers = (hostPath: string): boolean => {
		const relative = relativeBelow(root, hostPath);
		if (relative === undefined || isIgnored(hostPath)) return false;
		return included === undefined || included.matches(relative);
	};
	return {
		service,
		index,
		declared,
		root,
		covers,
		ignoresTree: (folder) => ignoring.some((each) => !each.patterns.hasExceptions && matchesBelow(each, folder)),
		coversAtStart: (hostPath) => covers(hostPath) && !describesBuild.matches(path.posix.basename(hostPath)),
	};
}

/** Patterns that hold below a folder. */
interface Anchored {
	readonly folder: string;
	readonly patterns: PatternSet;
}

function matchesBelow({ folder, patterns }: Anchored, hostPath: string): boolean {
	const relative = relativeBelow(folder, hostPath);
	return relative !== undefined && relative !== '' && patterns.matches(relative);
}

/** What of `hostPath` is below `folder`, empty for the folder itself; undefined where it is elsewhere. */
export function relativeBelow(folder: string, hostPath: string): string | undefined {
	if (hostPath === folder) return '';
	const start = folder.endsWith('/') ? folder : `${folder}/`;
	return hostPath.startsWith(start) ? hostPath.slice(start.length) : undefined;
}

/** What version control, editors and tools put beside sources and take away again: docker compose's list. */
const leftovers = patternSet([
	'**/.git',
	'**/*___jb_old___',
	'**/*___jb_tmp___',
	'**/.idea/**',
	'**/.#*',
	'**/#*#',
	'**/4913',
	'**/*~',
	'**/.*.swp',
	'**/.*.swx',
	'**/.*.swo',
	'**/.*.swn',
	'**/.*.kate-swp',
	'**/*-go-tmp-umask',
]);

const describesBuild = patternSet(['Dockerfile', '*compose*.y*ml']);
