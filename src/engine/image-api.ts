import type { LabelFilter, Labels } from './labels.ts';

export interface ImageApi {
	/** The local image that `reference` names, or undefined. */
	findImage(reference: string): Promise<ImageDetails | undefined>;
	/** The same image as listings show it. */
	describeImage(reference: string): Promise<ImageDescription | undefined>;
	/** Local images that carry all of `labels` and have a name. */
	listImages(labels: LabelFilter): Promise<readonly ImageSummary[]>;
	/** Throws `IMAGE_UNAVAILABLE` where the image can't be had. */
	pullImage(image: PulledImage, onProgress: (progress: ImageProgress) => void, signal: AbortSignal): Promise<void>;
	/** Sends the local image to the registry in its name. Throws `PUSH_FAILED` where that can't be done. */
	pushImage(reference: string, onProgress: (progress: ImageProgress) => void, signal: AbortSignal): Promise<void>;
	/** The digest under which the registry holds `reference`. Throws `IMAGE_UNAVAILABLE` where it can't be told. */
	resolveDigest(reference: string, signal: AbortSignal): Promise<string>;
	tagImage(reference: string, target: string): Promise<void>;
	removeImage(reference: string): Promise<void>;
}

/** What is asked of a registry. */
export interface PulledImage {
	readonly reference: string;
	/** `linux/arm64`; the engine's own where nothing is said. */
	readonly platform?: string | undefined;
}

export interface ImageDetails {
	/** `sha256:…` */
	readonly id: string;
	readonly labels: Labels;
	/** Paths the image declares as volumes. */
	readonly volumes: readonly string[];
	/** RFC 3339 time at which it last got a name here, by a pull or a build; undefined where it never did. */
	readonly lastTagged?: string | undefined;
	/** `linux/arm64/v8`; absent where it may be for several. */
	readonly platform?: string;
	/** The image's `Config`, unread. */
	readonly config: Readonly<Record<string, unknown>>;
}

/** One line of the engine's image list. */
export interface ImageSummary {
	/** `sha256:…` */
	readonly id: string;
	/** With their tags; at least one. */
	readonly names: readonly [string, ...string[]];
	readonly labels: Labels;
}

export interface ImageDescription {
	/** `sha256:…` */
	readonly id: string;
	/** In bytes. */
	readonly size: number;
	/** `linux/arm64/v8` */
	readonly platform: string;
	/** RFC 3339 time at which it last got a name here; undefined where it never did. */
	readonly lastTagged: string | undefined;
}

/** How far a pull or a push has come. */
export interface ImageProgress {
	readonly text: string;
	/** 0 to 1 over all layers known so far; undefined while unknown. */
	readonly fraction?: number;
}
