/** The part of Bun's compiler that the build uses. Bun's own types would redefine globals for the whole project. */
export interface BuildConfig {
	readonly entrypoints: readonly string[];
	readonly compile: {
		readonly outfile: string;
		readonly autoloadDotenv: boolean;
		readonly autoloadBunfig: boolean;
		readonly autoloadTsconfig: boolean;
		readonly autoloadPackageJson: boolean;
		readonly jitPolicy: number;
	};
	readonly bytecode: boolean;
	readonly format: 'esm';
	readonly minify: boolean;
	readonly splitting: boolean;
	readonly define: Readonly<Record<string, string>>;
	readonly plugins: readonly BunPlugin[];
}

export interface BuildOutput {
	readonly success: boolean;
	readonly logs: readonly unknown[];
}

export interface BunPlugin {
	readonly name: string;
	setup(build: PluginBuilder): void;
}

interface PluginBuilder {
	onResolve(
		on: { readonly filter: RegExp },
		resolve: (call: { readonly path: string; readonly importer: string }) => Resolved | undefined,
	): void;
	onLoad(
		on: { readonly filter: RegExp; readonly namespace: string },
		load: (call: { readonly path: string }) => { readonly contents: string; readonly loader: 'js' },
	): void;
}

interface Resolved {
	readonly path: string;
	readonly namespace: string;
}
