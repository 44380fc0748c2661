import type { Build } from '../model/build.ts';
import type { Secret } from '../model/secret.ts';

/** Builds images. The only one there is goes through `docker buildx`. */
export interface Builder {
	/** Builds all targets, in one go, sharing what they have in common. Throws `BUILD_FAILED`, or `PUSH_FAILED`, naming the target. */
	build(targets: readonly BuildTarget[], options: BuildOptions): Promise<void>;
}

export interface BuildTarget {
	readonly service: string;
	readonly build: Build;
	/** The reference the image gets. */
	readonly image: string;
	/** The reference is the file's: it says where to push to. */
	readonly isNamed?: true;
	/** Labels the image gets besides `build.labels`. */
	readonly labels: Readonly<Record<string, string>>;
	readonly platform?: string;
	/** The project's secrets that `build.secrets` refers to, by key. */
	readonly secrets: ReadonlyMap<string, Secret>;
}

export interface BuildOptions {
	readonly noCache?: boolean;
	readonly pull?: boolean;
	/** Build for all of `build.platforms`, not only for the one that the image is run on. */
	readonly allPlatforms?: boolean;
	/** Push the images that the file names, with their tags. */
	readonly push?: boolean;
	/** `--build-arg`, over what the file says. */
	readonly args?: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
	/** One line of BuildKit's output. */
	onOutput(service: string, text: string): void;
}
