import { label } from '../state/labels.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { gpuChanges, unwantedChoice, withoutReasons } from './gpu-changes.ts';
import type { Asker, Need } from './gpu-needs.ts';
import type { ServiceDecision } from './service-decision.ts';

/** A container that can't stay as it is. */
export interface Mover {
	readonly name: string;
	readonly container: ObservedContainer;
	readonly reasons: readonly string[];
}

const moversOf = (
	{ name, decision }: Pick<Asker, 'name' | 'decision'>,
	reasonsOf: (container: ObservedContainer) => readonly string[],
): readonly Mover[] =>
	(decision?.kept ?? [])
		.map((container) => ({ name, container, reasons: reasonsOf(container) }))
		.filter(({ reasons }) => reasons.length > 0);

/** What is to go without is moved where it could not start. */
export const onOtherTerms = (need: Need): readonly Mover[] =>
	need.isDropped ? [] : moversOf(need, (container) => gpuChanges(container, need));

/** What was to see none may see again what its image says. */
export const hiddenBefore = (asker: Asker): readonly Mover[] =>
	moversOf(asker, ({ labels }) => (labels[label.gpuIds] === 'none' ? withoutReasons : []));

export const chosenBefore = (asker: Asker): readonly Mover[] => moversOf(asker, unwantedChoice);

/** A container can't change its GPUs: it is made again with others. */
export function withMovers(
	decisions: ReadonlyMap<string, ServiceDecision>,
	movers: readonly Mover[],
): ReadonlyMap<string, ServiceDecision> {
	return new Map(
		[...decisions].map(([name, decision]) => {
			const moved = movers.filter((mover) => mover.name === name);
			if (moved.length === 0) return [name, decision];
			const recreated = [...decision.recreated, ...moved.map(({ container, reasons }) => ({ container, reasons }))];
			const kept = decision.kept.filter((one) => !moved.some(({ container }) => container === one));
			return [name, { ...decision, kept, recreated }];
		}),
	);
}
