import { containerName, replacedName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { StepId } from './plan.ts';
import { isBroken, numberOf } from './service-decision.ts';
import type { UpContext } from './up-context.ts';

export type NamesContext = Pick<UpContext, 'project' | 'state' | 'plan' | 'decisions' | 'asides'>;

/**
 * Has the container that holds `name`, and gets another one with its replacement, give it up: names can be handed on
 * and swapped that way. Undefined where nobody of that kind holds it.
 */
export function handOn(name: string, context: NamesContext): StepId | undefined {
	const { project, state, plan, decisions, asides } = context;
	const holder = state.containers.find((one) => one.name === name && !one.oneOff);
	if (holder === undefined || isBroken(holder)) return undefined;
	const { id, service } = holder;
	const known = asides.get(id);
	if (known !== undefined) return known;
	const declared = project.services.get(service);
	const isReplaced = decisions.get(service)?.recreated.some(({ container }) => container.id === id) === true;
	if (declared === undefined || !isReplaced) return undefined;
	const finalName = containerName(project, service, { service: declared, number: numberOf(holder) });
	if (finalName === name) return undefined;
	const step = plan.add(
		{ type: 'container.rename', service, container: { name, id }, to: replacedName(id, finalName) },
		'its name goes to another container',
	);
	asides.set(id, step);
	return step;
}

/** The same, asked by the holder itself: undefined where no other service of the plan wants its name. */
export function handedOn({ name, service }: ObservedContainer, context: NamesContext & Pick<UpContext, 'selected'>) {
	const isWanted = [...context.selected].some(
		([other, { container_name }]) => other !== service && container_name === name,
	);
	return isWanted ? handOn(name, context) : undefined;
}
