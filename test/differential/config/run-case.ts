import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ConfigCase } from './cases.ts';

export interface CaseOutcome {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Where the copies of the cases go; its owner disposes of it. */
export interface Scratch extends Disposable {
	/** The folder of the case's copy; the same for both tools, so that paths compare. */
	folderOf(config: ConfigCase): string;
}

export function createScratch(): Scratch {
	const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-config-')));
	return {
		folderOf(config) {
			const folder = path.join(root, 'w0', path.basename(config.name));
			cpSync(config.folder, folder, { recursive: true, verbatimSymlinks: true, filter: isInput });
			return folder;
		},
		[Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
	};
}

/** What a case expects is no part of its project. */
const isInput = (file: string): boolean => !/^(?:expected.*|cmd\.json)$/.test(path.basename(file));

/** Calls `config` of one tool on a case. Both tools see the same folder, environment and standard input. */
export function runConfig(
	tool: readonly string[],
	config: ConfigCase,
	{ folder, flags }: { readonly folder: string; readonly flags: readonly string[] },
): Promise<CaseOutcome> {
	const inCopy = (text: string): string => text.replaceAll('$PROJECT_DIR', folder);
	const cwd = path.join(folder, config.cwd);
	const [program = '', ...words] = tool;
	const child = spawn(
		program,
		[...words, ...config.args.map(inCopy), 'config', ...flags, ...config.services.map(inCopy)],
		{
			cwd,
			env: environmentOf(config, cwd, inCopy),
		},
	);
	const output = { stdout: '', stderr: '' };
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8').on('data', (text: string) => {
			output[name] += text;
		});
	}
	child.stdin.on('error', () => undefined); // a tool that does not read its input
	child.stdin.end(config.stdin === undefined ? '' : readFileSync(path.join(folder, config.stdin)));
	return new Promise((resolve, reject) => {
		child.on('error', reject).on('close', (status) => resolve({ status, ...output }));
	});
}

function environmentOf({ env }: ConfigCase, cwd: string, inCopy: (text: string) => string): Record<string, string> {
	const base = { PATH: process.env['PATH'] ?? '', HOME: '/home/labuser', PWD: cwd };
	const set = Object.entries({ ...base, ...env }).flatMap(([name, value]) =>
		value === null ? [] : [[name, inCopy(value)] as const],
	);
	return Object.fromEntries(set);
}
