import { utcMinute } from '../model/utc-minute.ts';
import type { Shortage } from './allot.ts';
import type { Holder, Waiting } from './holder.ts';
import type { GpuUnit } from './inventory.ts';
import { memoryText } from './memory-text.ts';

/** `GPU 1 (GPU-00000001…)` */
export const describeUnit = ({ index, id }: Pick<GpuUnit, 'index' | 'id'>): string =>
	`${id.startsWith('MIG') ? 'MIG slice' : 'GPU'} ${index} (${shortId(id)})`;

export const describeUnits = (units: readonly GpuUnit[]): string => units.map(describeUnit).join(' + ');

const shownDigits = 'GPU-12345678'.length;

/** `GPU-00000001…` */
export const shortId = (id: string): string =>
	/^(GPU|MIG)-/.test(id) && id.length > shownDigits ? `${id.slice(0, shownDigits)}…` : id;

/** `lab-trainer-1, project lab, user ann, since 2026-11-22 06:12 UTC` */
export function describeHolder({ kind, name, state, ...more }: Holder): string {
	if (kind === 'ticket') return `kept for ${withParts(name, more)}`;
	if (kind === 'plan') return withParts(`${name} of this plan`, more);
	if (kind === 'reserved') return withParts(`${name}, which is about to start`, more);
	return withParts(state === 'exited' ? `${name}, which ended and which the engine starts again` : name, more);
}

/** For tables: `lab-trainer-1 (exited)` is what the engine starts again, `trainer-1 (starting)` is about to start. */
export const holderName = ({ kind, name, state }: Holder): string =>
	kind === 'reserved' ? `${name} (starting)` : state === undefined ? name : `${name} (${state})`;

/** `ticket 3, project lab, user ann, since 2026-11-22 06:12 UTC` */
export const describeWaiting = ({ number, ...more }: Waiting): string => withParts(`ticket ${number}`, more);

const withParts = (name: string, { project, user, since }: Pick<Holder, 'project' | 'user' | 'since'>): string =>
	[
		name,
		...(project === undefined ? [] : [`project ${project}`]),
		...(user === undefined ? [] : [`user ${user}`]),
		...(since === undefined ? [] : [`since ${utcMinute(since)}`]),
	]
		.join(', ')
		// Anybody writes labels: a line of theirs shall not look like one of labc's.
		.replaceAll('\n', '\\n');

/** What is missing, and below it a line for each GPU that somebody has. */
export const describeShortage = (shortage: Shortage): string => describeShortages([shortage]);

/** Those that lack the same are named together, and who has a GPU is told once. */
export function describeShortages(shortages: readonly Shortage[]): string {
	const told = new Set<string>();
	return [...Map.groupBy(shortages, lackOf)]
		.map(([lack, group]) => {
			const names = group.map(({ ask }) => quoted(ask.key));
			const verb = names.length === 1 ? 'asks' : 'each ask';
			const lines = group.flatMap(({ held }) => held.map(describeHeld)).filter((line) => !told.has(line));
			for (const line of lines) told.add(line);
			return [`${listed(names)} ${verb} for ${lack}`, ...new Set(lines)].join('\n  ');
		})
		.join('\n');
}

/** `2 GPUs, and 1 of 4 can be had` */
function lackOf({ ask, unknown, known, wanted, free, total }: Shortage): string {
	if (unknown.length > 0) return `${unknown.map(quoted).join(', ')}, and there is no such GPU${thereAre(known)}`;
	const memory = ask.terms.memory === undefined ? '' : ` with ${memoryText(ask.terms.memory)} free`;
	const count =
		wanted > total && ask.terms.memory === undefined ? `there are ${total}` : `${free} of ${total} can be had`;
	return `${wanted} ${wanted === 1 ? 'GPU' : 'GPUs'}${memory}, and ${count}`;
}

const thereAre = (known: readonly string[]): string =>
	known.length === 0 ? '' : `: there ${known.length === 1 ? 'is' : 'are'} ${listed(known.map(quoted))}`;

const listed = (names: readonly string[]): string =>
	names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

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

const quoted = (id: string): string => `\`${id}\``;
