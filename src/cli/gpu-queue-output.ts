import { shortId } from '../gpu/describe.ts';
import type { WaitingAsk } from '../gpu/holder.ts';
import type { SeenTicket } from '../queue/queue.ts';
import { type Column, denseSpacing } from '../render/table.ts';
import { agoText, nameCuts } from './gpu-cells.ts';
import type { RowKind } from './listing-format.ts';

/** Tickets, the first one first. `now` is seconds since the epoch. */
export const gpuQueueRows = (now: number): RowKind<SeenTicket> => ({
	columns: columnsAt(now),
	spacing: denseSpacing,
	fields: ({ number, standing, owner, project, user, since, asks }) => ({
		Ticket: number,
		State: stateWords[standing],
		User: user ?? null,
		Project: project ?? null,
		Host: owner?.host ?? null,
		Process: owner?.pid ?? null,
		Since: since === undefined ? null : new Date(since * 1000).toISOString(),
		Asks:
			asks?.map(({ key, wish: { vendor, count, all, named }, terms: { share, memory } }) => ({
				Key: key,
				Vendor: vendor,
				Count: count,
				All: all,
				Named: named,
				Share: share,
				Memory: memory ?? null,
			})) ?? null,
	}),
	headers: {},
});

const columnsAt = (now: number): readonly Column<SeenTicket>[] => [
	{ title: 'TICKET', text: ({ number }) => String(number) },
	{ title: 'GPUS', text: ({ asks }) => (asks === undefined ? 'unknown' : wantedText(asks)) },
	{ title: 'USER', text: ({ user = '' }) => user, cut: nameCuts.user },
	{ title: 'PROJECT', text: ({ project = '' }) => project, cut: nameCuts.project },
	{ title: 'SINCE', text: ({ since }) => agoText(since, now) },
	{ title: 'PROCESS', text: ({ owner }) => (owner === undefined ? '' : `${owner.pid} on ${owner.host}`), dropOrder: 1 },
	{ title: 'STATE', text: ({ standing }) => stateWords[standing] },
];

/** `unknown`: its process can't be judged from here. */
const stateWords: Readonly<Record<SeenTicket['standing'], string>> = {
	own: 'waiting',
	alive: 'waiting',
	unknown: 'unknown',
	dead: 'ended',
};

/** `2 GPUs`, `all`, `GPU 0`, `1 GPU and MIG slice 4:1`: counts of all that is asked for together, then names. */
function wantedText(asks: readonly WaitingAsk[]): string {
	if (asks.some(({ wish }) => wish.all)) return 'all';
	const names = [...new Set(asks.flatMap(({ wish }) => wish.named))].map(nameOf);
	const counted = asks.reduce((sum, { wish: { count, named } }) => sum + Math.max(0, count - named.length), 0);
	const counts = counted > 0 ? [`${counted} ${counted === 1 ? 'GPU' : 'GPUs'}`] : [];
	return [...counts, ...names].join(' and ');
}

/** A number alone would read as how many. */
function nameOf(id: string): string {
	if (/^\d+$/.test(id)) return `GPU ${id}`;
	return /^\d+:\d+$/.test(id) ? `MIG slice ${id}` : shortId(id);
}
