import { unitsOf } from '../../src/gpu/inventory.ts';
import { waitingReach } from '../../src/gpu/waiting.ts';
import type { Ticket } from '../../src/queue/ticket.ts';
import { label } from '../../src/state/labels.ts';
import { idsOf } from './gpu-actor.ts';
import { box, gpu } from './gpu-cases.ts';
import type { LiveContainer } from './in-memory/world.ts';

export const gpuCount = 4;
const units = unitsOf(box(gpuCount));

/** What was true of the engine when a container was started. */
export interface Moment {
	readonly containers: readonly LiveContainer[];
	/** When each stranger's container began. */
	readonly began: ReadonlyMap<string, number>;
	/** Place of a GPU → when a process of the host took it. */
	readonly hosts: ReadonlyMap<number, number>;
	/** Of the living. */
	readonly tickets: readonly Ticket[];
}

/** Who has started it: what began after it looked it can't have seen. */
export interface Starter {
	readonly looked: { readonly containers: number; readonly hosts: number };
	/** GPUs that it has from a container that it replaces: nobody else could have had them. */
	readonly kept: readonly string[];
	/** Those who were before it when its GPUs were chosen: who comes later, comes behind. */
	readonly before: ReadonlySet<string>;
}

/** What is wrong with this container's having the GPUs that it has; where nobody is named, the engine started it. */
export function wrongsOf(container: LiveContainer, moment: Moment, starter: Starter | undefined): readonly string[] {
	const doubles = moment.containers
		.filter((other) => !isSame(other, container) && holds(other) && !(isShared(container) && isShared(other)))
		.flatMap((other) => {
			const had = unitsHad(other).filter((unit) => idsOf(container).includes(unit));
			const taken = isStranger(other) ? had.filter((unit) => couldSee(unit, moment.began.get(other.id), starter)) : had;
			return taken.length === 0 ? [] : [`${container.name} gets ${taken.join(' ')} of ${other.name}`];
		});
	if (starter === undefined) return doubles;
	return [...doubles, ...takenFromHost(container, moment, starter), ...overtaken(container, moment, starter)];
}

/** Also the one that it replaces: should the engine bring that back just then, it is its own. */
const isSame = (other: LiveContainer, container: LiveContainer): boolean =>
	other === container || (projectOf(other) !== undefined && projectOf(other) === projectOf(container));

const projectOf = ({ spec }: LiveContainer): string | undefined => spec.labels[label.project];

/** Strangers take what somebody has without asking: it is his all the same. */
const couldSee = (unit: string, since: number | undefined, starter: Starter | undefined): boolean =>
	starter !== undefined && (since ?? 0) <= starter.looked.containers && !starter.kept.includes(unit);

const takenFromHost = (container: LiveContainer, { hosts }: Moment, { looked, kept }: Starter): readonly string[] =>
	[...hosts]
		.filter(([index, since]) => since <= looked.hosts && idsOf(container).includes(gpu(index).id))
		.filter(([index]) => !kept.includes(gpu(index).id))
		.map(([index]) => `${container.name} gets GPU ${index}, which a process has`);

function overtaken(container: LiveContainer, { tickets }: Moment, { kept, before }: Starter): readonly string[] {
	const fresh = idsOf(container).filter((unit) => !kept.includes(unit));
	return tickets
		.filter(({ owner }) => before.has(owner?.token ?? ''))
		.filter((ticket) => fresh.some((unit) => waitingReach(ticket, units).has(unit)))
		.map(({ number }) => `${container.name} is served before ticket ${number}`);
}

/** Whether there is enough for the ticket that nobody has and nobody before it could use. By place and count alone. */
export function isServable(
	{ asks = [] }: Ticket,
	before: readonly Ticket[],
	{ containers, hosts, reserved }: Pick<Moment, 'containers' | 'hosts'> & { readonly reserved: readonly string[] },
): boolean {
	const held = new Set([...containers.filter(holds).flatMap(unitsHad), ...reserved]);
	const wanted = new Set(before.flatMap((ticket) => [...waitingReach(ticket, units)]));
	const open = units.filter(({ id, gpu: { index } }) => !held.has(id) && !wanted.has(id) && !hosts.has(index));
	const isThere = (id: string): boolean => open.some(({ index }) => index === id);
	// Whose container has some already waits for more than its ticket says.
	if (asks.length === 0) return false;
	return asks.every(({ wish: { count, named } }) => named.every(isThere) && open.length >= count);
}

const holds = (container: LiveContainer): boolean =>
	container.state === 'running' || (container.state === 'exited' && isReturning(container));

/** Whether the engine starts it again, as 28.5.2 does after a stop of the container and then one of its own. */
export const isReturning = ({ spec, exitCode }: LiveContainer): boolean =>
	label.gpuIds in spec.labels &&
	(spec.service.restart === 'always' || (spec.service.restart === 'on-failure' && exitCode !== 0));

const isShared = ({ spec }: LiveContainer): boolean => spec.labels[label.gpuShare] === 'true';
const isStranger = ({ spec }: LiveContainer): boolean => !(label.gpuIds in spec.labels);

/** As the engine reads it: a count means the first ones. */
const unitsHad = ({ spec }: LiveContainer): readonly string[] =>
	(spec.gpus?.requests ?? spec.service.gpus ?? []).flatMap(({ count = 0, device_ids: ids = [] }) => [
		...units.filter(({ gpu: { index } }) => index < count).map(({ id }) => id),
		...units.filter(({ id, index }) => ids.includes(id) || ids.includes(index)).map(({ id }) => id),
	]);
