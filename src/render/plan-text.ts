import { formatStep } from '../plan/format-plan.ts';
import type { Drift, NeededConsent, Plan, Step } from '../plan/plan.ts';
import { type Change, planChanges } from '../plan/plan-changes.ts';
import { summarisePlan } from '../plan/summarise-plan.ts';
import type { Colours } from './colours.ts';
import { displayWidth } from './display-width.ts';
import { escapeLine } from './escape-control.ts';
import { wrapText } from './wrap-text.ts';

export interface PlanTextOptions {
	readonly colours: Colours;
	/** Room for a line; undefined: lines are as long as they get. */
	readonly columns?: number | undefined;
	/** What is said where there is nothing to do; by default that everything is as declared. */
	readonly nothing?: string | undefined;
	/** Each step by its number and with what it waits for, instead of a line a resource. */
	readonly steps?: boolean;
}

/** Blanks before a reason that stands on its own line, and before what did not fit into the line above. */
const indent = 4;

/** The plan for people: a line for each resource and its reason, wrapped between words, then what comes of it. */
export function planText(plan: Plan, options: PlanTextOptions): string {
	const { steps, drift = [], needsConsent = [] } = plan;
	return [
		...(options.steps ? steps.map(stepEntry) : planChanges(steps).map(changeEntry)).flatMap((entry) =>
			entryLines(entry, options),
		),
		wrap(outcome(plan, options), 0, options).map(steps.length === 0 ? asItIs : options.colours.bold),
		...consentLines(needsConsent, options),
		...driftLines(drift, options),
	]
		.flat()
		.join('\n');
}

/** What comes of the steps; where there are none, what is as declared. */
function outcome(plan: Plan, { nothing = asDeclared }: PlanTextOptions): string {
	if (plan.steps.length > 0) return summarisePlan(plan);
	if (plan.needsConsent !== undefined) return 'No change without consent';
	return (plan.drift ?? []).length === 0 ? nothing : 'No change: everything that `up` looks at is as declared';
}

const asDeclared = 'No change: everything is as declared';

const asItIs = (text: string): string => text;

/** What stands in the plan by itself. */
interface Entry {
	readonly head: string;
	/** The part of the head that stands out. */
	readonly verb: string;
	readonly reasons: readonly string[];
	readonly destroysData: boolean;
}

const stepEntry = (step: Step): Entry => ({
	head: `${step.id} ${formatStep(step)}`,
	verb: step.operation.type,
	reasons: step.reasons,
	destroysData: step.destroysData ?? false,
});

const changeEntry = ({ verb, subject, reasons, destroysData }: Change): Entry => ({
	head: `${verb} ${subject}${destroysData ? ' (destroys data)' : ''}`,
	verb,
	reasons,
	destroysData,
});

function entryLines(entry: Entry, options: PlanTextOptions): readonly string[] {
	const { colours, columns = Number.POSITIVE_INFINITY } = options;
	const head = escapeLine(entry.head);
	const reasons = entry.reasons.map(escapeLine);
	const [only = ''] = reasons;
	if (reasons.length === 1 && displayWidth(`${head}: ${only}`) <= columns) {
		return [`${withVerb(head, entry, colours)}${colours.dim(`: ${only}`)}`];
	}
	const [first = '', ...rest] = wrap(`${head}:`, indent, options);
	return [
		withVerb(first, entry, colours),
		...rest,
		...reasons.flatMap((reason) => wrap(`${' '.repeat(indent)}${reason}`, indent + 2, options)).map(colours.dim),
	];
}

/** Everything that begins a line stays where it is; what follows is indented. */
function wrap(text: string, hanging: number, { columns }: PlanTextOptions): readonly string[] {
	if (columns === undefined) return [text];
	const [, margin = '', words = ''] = /^( *)(.*)$/s.exec(text) ?? [];
	const room = Math.max(columns - hanging, 1);
	return `${margin}${wrapText(words, room).replaceAll('\n', `\n${' '.repeat(hanging)}`)}`.split('\n');
}

/** The verb stands out by what it does. */
function withVerb(line: string, { verb, destroysData }: Entry, colours: Colours): string {
	const colour = destroysData
		? colours.red
		: /\b(remove|stop|kill)\b/.test(verb)
			? colours.yellow
			: /(^|\.)create\b/.test(verb)
				? colours.green
				: colours.cyan;
	return line.replace(verb, () => colour(verb));
}

/** What would be done if somebody agreed to it. */
function consentLines(needed: readonly NeededConsent[], options: PlanTextOptions): readonly string[] {
	if (needed.length === 0) return [];
	const title = 'Needs consent, for its data would be lost: `up` asks, and `-y` says yes to:';
	const lines = needed.map(
		({ name, reasons }) => `${' '.repeat(indent)}${escapeLine(`recreate volume ${name}: ${reasons.join('; ')}`)}`,
	);
	return [
		...wrap(title, 0, options).map(options.colours.yellow),
		...lines.flatMap((line) => wrap(line, indent + 2, options)).map(options.colours.dim),
	];
}

/** What stays as it is: told apart from the steps, since no step follows from it. */
function driftLines(drift: readonly Drift[], options: PlanTextOptions): readonly string[] {
	if (drift.length === 0) return [];
	const title = 'Changed by hand, which `up` leaves as it is and `up --drift` mends:';
	const lines = drift.map(
		({ container, field, observed, declared }) =>
			`${' '.repeat(indent)}${escapeLine(`${container} ${field}: ${observed} → ${declared}`)}`,
	);
	return [
		...wrap(title, 0, options).map(options.colours.yellow),
		...lines.flatMap((line) => wrap(line, indent + 2, options)).map(options.colours.dim),
	];
}
