import type { ImageProgress } from '../image-api.ts';

/** One record of the stream in which the engine tells how a pull or a push goes. */
export interface LayerRecord {
	readonly status?: string;
	readonly id?: string;
	readonly error?: string;
	readonly progressDetail?: LayerAmount;
}

interface LayerAmount {
	readonly current?: number;
	readonly total?: number;
}

/** How much of a layer is done, from 0 to 1; undefined where the record is about no layer. */
type ShareOfLayer = (status: string, amount: LayerAmount) => number | undefined;

/** Adds up the layers of an image that is on its way. */
export class LayerTally {
	readonly #shareOf: ShareOfLayer;
	readonly #shareByLayer = new Map<string, number>();

	constructor(shareOf: ShareOfLayer) {
		this.#shareOf = shareOf;
	}

	add({ status = '', id, progressDetail = {} }: LayerRecord): ImageProgress {
		const share = id === undefined ? undefined : this.#shareOf(status, progressDetail);
		if (id !== undefined && share !== undefined) this.#shareByLayer.set(id, share);
		const shares = [...this.#shareByLayer.values()];
		const text = id === undefined ? status : `${id}: ${status}`;
		if (shares.length === 0) return { text };
		return { text, fraction: shares.reduce((sum, part) => sum + part, 0) / shares.length };
	}
}

const unpacked = new Set(['Pull complete', 'Already exists']);

/** A layer counts half when it is downloaded and whole when it is unpacked. The first record names the tag, not a layer. */
export function pulledShare(status: string, amount: LayerAmount): number | undefined {
	if (status.startsWith('Pulling from')) return undefined;
	if (status === 'Downloading') return partOf(amount) / 2;
	if (status === 'Extracting') return 0.5 + partOf(amount) / 2;
	if (status === 'Download complete' || status === 'Verifying Checksum') return 0.5;
	return unpacked.has(status) ? 1 : 0;
}

const there = /^(?:Pushed|Layer already exists|Already exists|Mounted from )/;

/** A layer that the registry has already, or takes from another repository, costs nothing. */
export const pushedShare = (status: string, amount: LayerAmount): number =>
	status === 'Pushing' ? partOf(amount) : Number(there.test(status));

const partOf = ({ current = 0, total = 0 }: LayerAmount): number => (total > 0 ? Math.min(current / total, 1) : 0);
