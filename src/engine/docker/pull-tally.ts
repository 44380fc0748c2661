import type { PullProgress } from '../image-api.ts';

/** One record of the engine's pull stream. */
export interface PullRecord {
	readonly status?: string;
	readonly id?: string;
	readonly error?: string;
	readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

const finished = new Set(['Pull complete', 'Already exists']);

/** Adds up the layers of a pull. A layer counts half when it is downloaded and whole when it is unpacked. */
export class PullTally {
	readonly #shareByLayer = new Map<string, number>();

	add({ status = '', id, progressDetail = {} }: PullRecord): PullProgress {
		if (id !== undefined && isLayer(status)) this.#shareByLayer.set(id, share(status, progressDetail));
		const shares = [...this.#shareByLayer.values()];
		const text = id === undefined ? status : `${id}: ${status}`;
		if (shares.length === 0) return { text };
		return { text, fraction: shares.reduce((sum, part) => sum + part, 0) / shares.length };
	}
}

/** The first record names the tag in `id`, not a layer. */
const isLayer = (status: string): boolean => !status.startsWith('Pulling from');

function share(status: string, { current = 0, total = 0 }: NonNullable<PullRecord['progressDetail']>): number {
	const part = total > 0 ? Math.min(current / total, 1) : 0;
	if (status === 'Downloading') return part / 2;
	if (status === 'Extracting') return 0.5 + part / 2;
	if (status === 'Download complete' || status === 'Verifying Checksum') return 0.5;
	return finished.has(status) ? 1 : 0;
}
