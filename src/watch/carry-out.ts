import type { Emit } from '../events/event.ts';
import { type ActionQueue, actionsOf } from './actions.ts';
import type { ServiceWork } from './decide.ts';
import type { HostFiles } from './host-files.ts';
import type { Rule } from './rules.ts';
import type { ServiceSync } from './service-sync.ts';
import type { Synced } from './synced-teller.ts';

/** Who does for one service what a change means. */
export interface Carriers {
	readonly sync: ServiceSync;
	readonly actions: ActionQueue;
	readonly tellSynced: (synced: Synced) => Promise<void>;
}

interface Surroundings {
	readonly files: Pick<HostFiles, 'look'>;
	readonly emit: Emit;
	now(): number;
}

/** Copies at once; a rebuild goes on beside it, and what restarts or runs waits for both. */
export async function carryOut(
	work: ServiceWork,
	{ sync, actions, tellSynced }: Carriers,
	request: Surroundings,
): Promise<void> {
	const since = request.now();
	const causesOf = (rule: Rule): readonly string[] => work.changed.filter((each) => rule.covers(each));
	const copying = work.copies.size === 0 ? undefined : sync.note(work.copies, work.folders);
	const { rebuild } = actionsOf(work.matched, causesOf);
	if (rebuild.length > 0) void actions.add({ rebuild, restart: [], execs: new Map() });
	if (copying !== undefined) {
		const count = await copying;
		const { copied, deleted } = copiedOf(work.copies, sync, request);
		if (hasCome(work.copies, sync, request)) await tellSynced({ changed: copied, deleted, count, since });
	}
	const came = work.matched.filter((rule) => hasCome(copiesBy(rule, work), sync, request));
	for (const rule of work.matched) if (!came.includes(rule)) tellHeldBack(rule, request);
	const { restart, execs } = actionsOf(came, causesOf);
	if (restart.length > 0 || execs.size > 0) await actions.add({ rebuild: [], restart, execs });
}

const copiesBy = (rule: Rule, { copies }: ServiceWork): ServiceWork['copies'] =>
	new Map([...copies].filter(([, source]) => source.rule === rule));

/** Where all refuse it, or nothing of it can be copied, that was told. What does not run has it when it starts. */
function hasCome(copies: ServiceWork['copies'], sync: ServiceSync, request: Surroundings): boolean {
	if (copies.size === 0) return true;
	const { copied } = copiedOf(copies, sync, request);
	return copied.length > 0 && (sync.containers().length === 0 || sync.withAll(copies.keys()) > 0);
}

/** Who starts or runs again would only meet what was there before. */
function tellHeldBack({ service, declared: { action } }: Rule, { emit }: Surroundings): void {
	const reason = 'what changed could not be copied';
	const hint = 'Mend what was told of it, and save the file again.';
	const tell = (what: 'restarted' | 'executed', message: string): void =>
		emit({ type: 'warning', message, hint, failed: { service, what } });
	if (action === 'sync+restart') tell('restarted', `\`${service}\` is not restarted: ${reason}`);
	if (action === 'sync+exec') tell('executed', `the command of \`${service}\` is not run: ${reason}`);
}

/** What no container can have, or delete, was told when it was left out. */
function copiedOf(copies: ServiceWork['copies'], sync: ServiceSync, { files }: Pick<Surroundings, 'files'>) {
	const copied: string[] = [];
	const deleted: string[] = [];
	for (const hostPath of new Set(
		[...copies].flatMap(([target, source]) => (sync.leavesOut(target) ? [] : [source.hostPath])),
	)) {
		const look = files.look(hostPath);
		if (look?.kind === 'other' || look?.kind === 'closed' || (look === undefined && !sync.deletes())) continue;
		copied.push(hostPath);
		if (look === undefined) deleted.push(hostPath);
	}
	return { copied, deleted };
}
