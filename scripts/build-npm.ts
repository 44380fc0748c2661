/**
 * `npm run build:npm`: bundles `dist/npm`, what the npm package ships: the command `labc`, in chunks that load when
 * they are needed. The runtime packages stay what they are: dependencies that npm installs.
 */
import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { hashSources } from './hash-sources.ts';

const root = path.resolve(import.meta.dirname, '..');
const outdir = path.join(root, 'dist/npm');

rmSync(outdir, { recursive: true, force: true });
await build({
	absWorkingDir: root,
	entryPoints: ['src/main.ts'],
	outdir,
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node24',
	packages: 'external',
	define: { LABC_BUILD: JSON.stringify(hashSources(root)) },
	chunkNames: 'chunks/[name]-[hash]',
	legalComments: 'none',
	logLevel: 'warning',
});
chmodSync(path.join(outdir, 'main.js'), 0o755);
const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).map((name) => path.join(outdir, name));
const bytes = files.reduce((sum, file) => sum + (statSync(file).isFile() ? statSync(file).size : 0), 0);
process.stdout.write(`built dist/npm: ${files.length} files, ${Math.round(bytes / 1024)} KiB\n`);
