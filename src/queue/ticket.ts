import type { Labels } from '../engine/labels.ts';
import { unixSeconds } from '../engine/unix-seconds.ts';
import { readJson, readRecord } from '../engine/unread.ts';
import type { VolumeSummary } from '../engine/volume-api.ts';
import type { Waiting, WaitingAsk } from '../gpu/holder.ts';
import { type Owner, ownerLabels, readOwner } from '../lock/owner.ts';

/** A place in the queue for an engine's GPUs: a volume without use, whose labels say who waits for what. */
export interface Ticket extends Waiting {
	/** Undefined where the volume does not tell. */
	readonly owner: Owner | undefined;
}

/** What somebody waits for. */
export interface TicketRequest {
	readonly project: string;
	readonly asks: readonly WaitingAsk[];
}

/** No project's volumes have such names: those have `_` where a ticket has its dot. */
export const ticketPrefix = 'labc-gpu-queue.';

export const ticketName = (number: number): string => `${ticketPrefix}${number}`;

const requestLabel = 'labc.gpu.queue';

export const ticketLabels = (owner: Owner, request: TicketRequest): Labels => ({
	[requestLabel]: JSON.stringify(request),
	...ownerLabels(owner),
});

/** Labels that can't be read say nothing: such a ticket counts as one for everything. */
export function readTicket(number: number, { labels, settings }: VolumeSummary): Ticket {
	const { project, asks } = readRecord(readJson(labels[requestLabel] ?? ''));
	const owner = readOwner(labels);
	return {
		number,
		owner,
		user: owner?.user,
		project: typeof project === 'string' ? project : undefined,
		since: unixSeconds(settings?.['CreatedAt']),
		asks: readAsks(asks),
	};
}

function readAsks(asks: unknown): readonly WaitingAsk[] | undefined {
	if (!Array.isArray(asks)) return undefined;
	const read = asks.map(readAsk);
	return read.every((ask) => ask !== undefined) ? read : undefined;
}

function readAsk(ask: unknown): WaitingAsk | undefined {
	const { key, wish, terms } = readRecord(ask);
	const { vendor, count, all, named, observes } = readRecord(wish);
	const { share, memory } = readRecord(terms);
	if (typeof key !== 'string' || (vendor !== 'nvidia' && vendor !== 'amd')) return undefined;
	if (typeof count !== 'number' || typeof all !== 'boolean' || typeof observes !== 'boolean') return undefined;
	if (!isTexts(named) || typeof share !== 'boolean') return undefined;
	if (memory !== undefined && typeof memory !== 'number') return undefined;
	return { key, wish: { vendor, count, all, named, observes }, terms: { share, memory } };
}

const isTexts = (value: unknown): value is readonly string[] =>
	Array.isArray(value) && value.every((item) => typeof item === 'string');
