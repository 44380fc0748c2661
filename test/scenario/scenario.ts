import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const labcPath = path.join(root, 'dist/labc');

export interface Outcome {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** What `docker inspect` says of a container, as far as checks look at it. */
export interface InspectedContainer {
	readonly Id: string;
	readonly Name: string;
	readonly Created: string;
	readonly Image: string;
	readonly State: {
		readonly Status: string;
		readonly Running: boolean;
		readonly StartedAt: string;
		readonly ExitCode: number;
	};
	readonly Config: {
		readonly Env: readonly string[];
		readonly Labels: Readonly<Record<string, string>>;
		readonly Tty: boolean;
	};
	readonly HostConfig: {
		readonly Binds: readonly string[] | null;
		readonly PortBindings: Readonly<Record<string, unknown>>;
	};
}

/** A folder with a project of its own name, gone with all it made when the scenario is disposed of. */
export interface Scenario extends AsyncDisposable {
	readonly folder: string;
	readonly project: string;
	/** What begins with `#!` can be run. */
	write(file: string, text: string): void;
	labc(...args: string[]): Promise<Outcome>;
	dockerCompose(...args: string[]): Promise<Outcome>;
	containers(): Promise<readonly InspectedContainer[]>;
}

export interface ScenarioOptions {
	readonly files?: Readonly<Record<string, string>>;
	readonly env?: Readonly<Record<string, string>>;
	/** Used instead of a fresh temporary one; left in place afterwards. */
	readonly folder?: string;
	readonly project?: string;
	readonly tools?: ToolPaths;
}

/** Programs used in place of the ones that are built and installed here. */
export interface ToolPaths {
	readonly labc?: string | undefined;
	readonly dockerCompose?: string | undefined;
}

export function scenario({ files = {}, env = {}, folder, project, tools }: ScenarioOptions = {}): Scenario {
	const name = project ?? `labct-${randomBytes(4).toString('hex')}`;
	const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-scenario-')));
	const place = folder ?? path.join(home, name);
	mkdirSync(place, { recursive: true });
	const write = (file: string, text: string): void => {
		mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
		writeFileSync(path.join(place, file), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
	};
	for (const [file, text] of Object.entries(files)) write(file, text);
	const environment = { ...cleanEnvironment(), HOME: home, ...env };
	const run = (command: string, args: readonly string[]) => execute(command, args, { cwd: place, env: environment });
	return {
		folder: place,
		project: name,
		write,
		labc: (...args) => run(tools?.labc ?? labcPath, args),
		dockerCompose: (...args) => run(tools?.dockerCompose ?? dockerComposePath() ?? 'docker-compose', args),
		containers: () => inspectProject(name),
		[Symbol.asyncDispose]: async () => {
			await removeProject(name);
			rmSync(home, { recursive: true, force: true });
		},
	};
}

/** The caller's environment without what would steer Compose or colours. */
export function cleanEnvironment(): Record<string, string> {
	const kept = Object.entries(process.env).filter(([key]) => !/^(COMPOSE_|LABC_|NO_COLOR|FORCE_COLOR|CI$)/.test(key));
	return Object.fromEntries(kept.map(([key, value]) => [key, value ?? '']));
}

/** Runs a program to its end. Its input is closed. */
export function execute(
	command: string,
	args: readonly string[],
	options: {
		readonly cwd?: string;
		readonly env?: Readonly<Record<string, string>>;
		readonly uid?: number;
		readonly gid?: number;
	} = {},
): Promise<Outcome> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		const output = { stdout: '', stderr: '' };
		for (const stream of ['stdout', 'stderr'] as const) {
			child[stream].setEncoding('utf8').on('data', (text: string) => {
				output[stream] += text;
			});
		}
		child.on('error', reject);
		child.on('close', (status) => resolve({ status, ...output }));
	});
}

export async function docker(...args: string[]): Promise<string> {
	const { status, stdout, stderr } = await execute('docker', args);
	if (status !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`);
	return stdout.trim();
}

/** Why scenarios cannot run here; undefined when they can. Given to node:test's `skip`, so it is said aloud. */
export function whyNoEngine(): string | undefined {
	const { status, stderr, error } = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], {
		encoding: 'utf8',
	});
	if (error !== undefined) return 'the docker CLI is not installed (sh scripts/engine.sh start brings it)';
	return status === 0 ? undefined : `no engine answers: ${stderr.trim()}`;
}

export function dockerComposePath(): string | undefined {
	const { status, stdout } = spawnSync(
		'docker',
		['info', '--format', '{{range .ClientInfo.Plugins}}{{if eq .Name "compose"}}{{.Path}}{{end}}{{end}}'],
		{ encoding: 'utf8' },
	);
	return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
}

async function inspectProject(project: string): Promise<readonly InspectedContainer[]> {
	const ids = await docker('ps', '-aq', '--no-trunc', '--filter', `label=com.docker.compose.project=${project}`);
	if (ids === '') return [];
	const all = JSON.parse(await docker('inspect', ...ids.split('\n'))) as InspectedContainer[];
	return all.sort((a, b) => a.Name.localeCompare(b.Name));
}

/** By label, so that what a failed test left half-made goes too. */
async function removeProject(project: string): Promise<void> {
	const label = `label=com.docker.compose.project=${project}`;
	for (const [list, remove] of [
		[
			['ps', '-aq'],
			['rm', '-fv'],
		],
		[
			['network', 'ls', '-q'],
			['network', 'rm'],
		],
		[
			['volume', 'ls', '-q'],
			['volume', 'rm', '-f'],
		],
		[
			['images', '-q'],
			['rmi', '-f'],
		],
	] as const) {
		const ids = await docker(...list, '--filter', label);
		if (ids !== '') await docker(...remove, ...new Set(ids.split('\n')));
	}
}
