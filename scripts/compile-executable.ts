/** Run by Bun, from `build-executable.ts`: bundles the sources and compiles them to bytecode. */
import path from 'node:path';
import type { BuildConfig, BuildOutput, BunPlugin } from './bun-build.d.ts';

declare const Bun: { build(config: BuildConfig): Promise<BuildOutput> };

/** What dockerode and its transport load but labc never uses. Without it the program starts in half the time. */
const stubbed: readonly (readonly [request: RegExp, importer: RegExp, what: string])[] = [
	[/^ssh2$/, /docker-modem/, 'ssh'],
	[/^\.\/session$/, /dockerode[\\/]lib/, 'a BuildKit session'],
	[/^\.\/buildkit$/, /dockerode[\\/]lib/, 'BuildKit through dockerode'],
	[/^cpu-features$/, /./, 'cpu-features'],
];

const stubs: BunPlugin = {
	name: 'stubs',
	setup(build) {
		for (const [request, importer, what] of stubbed) {
			build.onResolve({ filter: request }, (call) =>
				importer.test(call.importer) ? { path: what, namespace: 'stub' } : undefined,
			);
		}
		build.onLoad({ filter: /./, namespace: 'stub' }, ({ path: what }) => ({ contents: stubOf(what), loader: 'js' }));
	},
};

/**
 * Code is compiled further only once it ran this many times as often as usual. Most commands end before compiled code
 * has paid for itself: a first `config` takes half the processor time, and 1000 services are loaded faster too.
 */
const jitPolicy = 64;

const [output, buildId] = process.argv.slice(2);
if (output === undefined || buildId === undefined) throw new Error('where to write it, and what to call the build?');
const { success, logs } = await Bun.build({
	entrypoints: [path.resolve('src/main.ts')],
	compile: {
		outfile: output,
		autoloadDotenv: false,
		autoloadBunfig: false,
		autoloadTsconfig: false,
		autoloadPackageJson: false,
		jitPolicy,
	},
	bytecode: true,
	format: 'esm',
	minify: true,
	splitting: true,
	define: { LABC_BUILD: JSON.stringify(buildId) },
	plugins: [stubs],
});
for (const log of logs) process.stderr.write(`${String(log)}\n`);
process.exitCode = success ? 0 : 1;

/** Reading anything of it may happen while modules load; using it is an error that says what is missing. */
function stubOf(what: string): string {
	return `function missing() { throw new Error(${JSON.stringify(`${what} is not part of this executable`)}); }
	module.exports = new Proxy(missing, { get: (target, key) => key in target ? target[key] : missing });`;
}
