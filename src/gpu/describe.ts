import type { Shortage } from './allot.ts';
import type { Holder, Waiting } from './holder.ts';
import type { GpuUnit } from './inventory.ts';

/** `GPU 1 (GPU-00000001…)` */
export const describeUnit = ({ index, id }: Pick<GpuUnit, 'index' | 'id'>): string =>
	`${id.startsWith('MIG') ? 'MIG slice' : 'GPU'} ${index} (${shortId(id)})`;

export const describeUnits = (units: readonly GpuUnit[]): string => units.map(describeUnit).join(' + ');

const shownDigits = 'GPU-12345678'.length;

/** `GPU-00000001…` */
export const shortId = (id: string): string =>
	/^(GPU|MIG)-/.test(id) && id.length > shownDigits ? `${id.slice(0, shownDigits)}…` : id;

/** `lab-trainer-1, project lab, user ann, since 2026-11-22 06:12 UTC` */
export function describeHolder({ kind, name, ...more }: Holder): string {
	if (kind === 'ticket') return `kept for ${withParts(name, more)}`;
	return withParts(kind === 'plan' ? `${name} of this plan` : name, more);
}

/** `ticket 3, project lab, user ann, since 2026-11-22 06:12 UTC` */
export const describeWaiting = ({ number, ...more }: Waiting): string => withParts(`ticket ${number}`, more);

const withParts = (name: string, { project, user, since }: Pick<Holder, 'project' | 'user' | 'since'>): string =>
	[
		name,
		...(project === undefined ? [] : [`project ${project}`]),
		...(user === undefined ? [] : [`user ${user}`]),
		...(since === undefined ? [] : [`since ${timeOf(since)}`]),
	].join(', ');

const timeOf = (seconds: number): string =>
	`${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What is missing, and below it a line for each GPU that somebody has. */
export function describeShortage({ ask, unknown, wanted, free, total, held }: Shortage): string {
	if (unknown.length > 0) return `\`${ask.key}\` asks for ${unknown.map(quoted).join(', ')}, and there is no such GPU`;
	const memory = ask.terms.memory === undefined ? '' : ` with ${Math.ceil(ask.terms.memory / mib)} MiB free`;
	const count =
		wanted > total && ask.terms.memory === undefined ? `there are ${total}` : `${free} of ${total} can be had`;
	const head = `\`${ask.key}\` asks for ${wanted} ${wanted === 1 ? 'GPU' : 'GPUs'}${memory}, and ${count}`;
	return [head, ...held.map(describeHeld)].join('\n  ');
}

type Held = Shortage['held'][number];

/** `GPU 0 (GPU-12345678…): lab-trainer-1, project lab` */
const describeHeld = (held: Held): string => `${describeUnit(held.unit)}: ${whoHas(held)}`;

const whoHas = ({ holders }: Held): string =>
	holders.length === 0 ? 'has too little free memory' : nearest(holders).map(describeHolder).join('; ');

/** In few lines: `GPU 0, 1, 2: lab-trainer-1, project lab`. What is only kept for who waits is left out. */
export function describeHolders(shortages: readonly Shortage[]): readonly string[] {
	const held = shortages.flatMap((shortage) => shortage.held);
	const taken = held.filter(({ holders }) => holders.some(({ kind }) => kind !== 'ticket'));
	return [...Map.groupBy(taken, whoHas)].map(([who, group]) => {
		const [first, ...more] = new Map(group.map(({ unit }) => [unit.id, unit])).values();
		if (first === undefined) return who;
		if (more.length === 0) return `${describeUnit(first)}: ${who}`;
		return `GPU ${[first, ...more].map(({ index }) => index).join(', ')}: ${who}`;
	});
}

/** Who waits for what somebody has is of less interest. */
function nearest(holders: readonly Holder[]): readonly Holder[] {
	const own = holders.filter(({ kind }) => kind !== 'ticket');
	return own.length > 0 ? own : holders;
}

const mib = 1024 ** 2;
const quoted = (id: string): string => `\`${id}\``;
