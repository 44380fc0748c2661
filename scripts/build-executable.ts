/**
 * `npm run build`: compiles `dist/labc`, one executable file, with Bun's compiler. The same commit gives the same
 * bytes in any folder. Nothing is done where the sources have not changed; `--force` builds anyway.
 */
import { spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { hashSources } from './hash-sources.ts';

const root = path.resolve(import.meta.dirname, '..');
const executable = path.join(root, 'dist/labc');
const stampFile = path.join(root, 'dist/labc.stamp');

mkdirSync(path.join(root, 'dist'), { recursive: true });
const stamp = hashSources(root);
if (!process.argv.includes('--force') && isFresh()) {
	process.stdout.write('dist/labc is up to date\n');
} else {
	build();
}

/** In a folder of its own first: two builds at a time must not write into one file. */
function build(): void {
	const start = performance.now();
	const folder = mkdtempSync(path.join(root, 'dist/build-'));
	try {
		const output = path.join(folder, 'labc');
		const { status } = spawnSync(bunExecutable(), [path.join('scripts', 'compile-executable.ts'), output, stamp], {
			cwd: root,
			stdio: 'inherit',
			env: bunEnvironment(),
		});
		if (status !== 0) throw new Error(`the compiler ended with status ${status}`);
		chmodSync(output, 0o755);
		renameSync(output, executable);
		writeFileSync(stampFile, stamp);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	process.stdout.write(`built dist/labc in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}

function isFresh(): boolean {
	return existsSync(executable) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
}

/** Straight from its package: the `bun` command itself is put in place by an install script, and those don't run. */
function bunExecutable(): string {
	const architecture = process.arch === 'arm64' ? 'aarch64' : process.arch;
	const candidates = [`${process.platform}-${architecture}`, `${process.platform}-${architecture}-musl`]
		.flatMap((platform) => [platform, `${platform}-baseline`])
		.map((platform) => path.join(root, 'node_modules/@oven', `bun-${platform}`, 'bin/bun'));
	const found = candidates.find((file) => existsSync(file));
	if (found === undefined) throw new Error(`no Bun for this machine; looked for ${candidates.join(', ')}`);
	return found;
}

/** What the caller set for a Bun of their own must not change what is built. */
function bunEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^BUN_|^NODE_OPTIONS$/.test(name)));
}
