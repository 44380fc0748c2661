/**
 * Checks the one-way flow of ARCHITECTURE.md: a file imports only from folders of a lower rank or from its own
 * folder, and each third-party package is imported through its one door.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Rank by folder, longest match first; `main.ts` is the top. */
const ranks: readonly (readonly [folder: string, rank: number])[] = [
	['errors', 0],
	['generated', 0],
	['model', 1],
	['events', 1],
	['document', 2],
	['options', 2],
	['gpu', 2],
	['engine/docker', 3],
	['engine', 2],
	['sources', 3],
	['state', 3],
	['lock', 3],
	['programs', 3],
	['inventory', 4],
	['queue', 4],
	['loader/merge', 3],
	['loader/canonical', 3],
	['loader', 4],
	['plan', 4],
	['build', 4],
	['execute', 5],
	['render', 6],
	['watch', 6],
	['use-cases', 7],
	['doctor', 7],
	['cli', 8],
	['main.ts', 9],
];

const doors: Readonly<Record<string, string>> = {
	yaml: 'document/',
	dockerode: 'engine/docker/',
	dotenv: 'sources/',
	listr2: 'render/listr.ts',
	chokidar: 'watch/watch-files.ts',
	ajv: 'generated/',
};

/** Folders that compute only: no files, no processes, no network. */
const pure = ['model', 'gpu', 'plan', 'loader/merge', 'loader/canonical', 'engine/docker/convert'];
const pureBuiltins = new Set(['node:crypto', 'node:path']);

const importPattern = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)'([^']+)'/g;
const problems: string[] = [];
for (const file of globSync('src/**/*.ts').map((name) => name.split(path.sep).join('/'))) {
	const inner = file.slice('src/'.length);
	for (const [, target] of readFileSync(file, 'utf8').matchAll(importPattern)) {
		const problem = target === undefined ? undefined : problemOf(inner, target);
		if (problem !== undefined) problems.push(`${file}: ${problem}`);
	}
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`import layers: ${problems.length} problems\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

function problemOf(file: string, target: string): string | undefined {
	if (target.startsWith('.')) return rankProblem(file, path.posix.join(path.posix.dirname(file), target));
	if (target.startsWith('node:')) {
		const isPure = pure.some((folder) => file.startsWith(`${folder}/`));
		return isPure && !pureBuiltins.has(target) ? `imports \`${target}\`, but its folder computes only` : undefined;
	}
	const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? target);
	const door = doors[name];
	if (door === undefined) return `imports \`${name}\`, which has no door in scripts/check-layers.ts`;
	return file.startsWith(door) ? undefined : `imports \`${name}\`; its door is src/${door}`;
}

function rankProblem(file: string, target: string): string | undefined {
	if (folderOf(file) === folderOf(target)) return undefined;
	const [own, other] = [rankOf(file), rankOf(target)];
	if (own === undefined || other === undefined) return `no rank for ${own === undefined ? file : target}`;
	return other < own ? undefined : `imports ${target} of rank ${other} from rank ${own}`;
}

function folderOf(file: string): string {
	const match = ranks.find(([folder]) => file === folder || file.startsWith(`${folder}/`));
	return match?.[0] ?? file;
}

function rankOf(file: string): number | undefined {
	return ranks.find(([folder]) => file === folder || file.startsWith(`${folder}/`))?.[1];
}
