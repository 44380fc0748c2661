import type { Labels } from './labels.ts';

export interface ImageApi {
	/** The local image that `reference` names, or undefined. */
	findImage(reference: string): Promise<ImageDetails | undefined>;
	/** The same image as listings show it. */
	describeImage(reference: string): Promise<ImageDescription | undefined>;
	/** Throws `IMAGE_UNAVAILABLE` where the image can't be had. */
	pullImage(reference: string, onProgress: (progress: PullProgress) => void, signal: AbortSignal): Promise<void>;
	/** The digest under which the registry holds `reference`. Throws `IMAGE_UNAVAILABLE` where it can't be told. */
	resolveDigest(reference: string, signal: AbortSignal): Promise<string>;
	tagImage(reference: string, target: string): Promise<void>;
	removeImage(reference: string): Promise<void>;
}

export interface ImageDetails {
	/** `sha256:…` */
	readonly id: string;
	readonly labels: Labels;
	/** Paths the image declares as volumes. */
	readonly volumes: readonly string[];
	/** The image's `Config`, unread. */
	readonly config: Readonly<Record<string, unknown>>;
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

export interface PullProgress {
	readonly text: string;
	/** 0 to 1 over all layers known so far; undefined while unknown. */
	readonly fraction?: number;
}
