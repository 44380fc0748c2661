import type { Labels } from '../engine/labels.ts';
import { unixSeconds } from '../engine/unix-seconds.ts';
import { readJson, readRecord } from '../engine/unread.ts';
import type { VolumeSummary } from '../engine/volume-api.ts';
import type { GpuTerms, Reservation, ReservedGpus } from '../gpu/holder.ts';
import { readOwner } from '../lock/owner.ts';

/** What somebody has been given, from the choice until the containers run. */
export interface ReservationRequest {
	readonly project: string;
	readonly holds: readonly ReservedGpus[];
}

export const reservationPrefix = 'labc-gpu-reserved.';

const reservationLabel = 'labc.gpu.reserved';

export const reservationLabels = ({ project, holds }: ReservationRequest): Labels => ({
	[reservationLabel]: JSON.stringify({ project, holds: holds.map(({ key, ids, terms }) => ({ key, ids, terms })) }),
});

/** One that can't be read may be for all. */
export function readReservation({ labels, settings }: VolumeSummary): Reservation {
	const { project, holds } = readRecord(readJson(labels[reservationLabel] ?? ''));
	return {
		project: typeof project === 'string' ? project : undefined,
		user: readOwner(labels)?.user,
		since: unixSeconds(settings?.['CreatedAt']),
		holds: readHolds(holds),
	};
}

function readHolds(holds: unknown): Reservation['holds'] {
	if (!Array.isArray(holds)) return undefined;
	const read = holds.map(readHold);
	return read.some((hold) => hold === undefined) ? undefined : read.filter((hold) => hold !== undefined);
}

function readHold(hold: unknown): ReservedGpus | undefined {
	const { key, ids, terms } = readRecord(hold);
	if (typeof key !== 'string' || !Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) return undefined;
	return { key, ids, terms: readTerms(terms) };
}

function readTerms(terms: unknown): GpuTerms {
	const { share, memory } = readRecord(terms);
	return { share: share === true, memory: typeof memory === 'number' ? memory : undefined };
}
