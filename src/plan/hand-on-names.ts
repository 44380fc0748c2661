import { containerName, isNamed, isTemporaryName, replacedName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { StepId } from './plan.ts';
import { isBroken, numberOf } from './service-decision.ts';
import type { UpContext } from './up-context.ts';

export type NamesContext = Pick<UpContext, 'project' | 'state' | 'plan' | 'stops' | 'decisions' | 'asides' | 'ready'>;

/**
 * Has the container that holds `name`, and does not keep it, give it up: names can be handed on and swapped that way.
 * Undefined where nobody of that kind holds it.
 */
export function handOn(name: string, context: NamesContext): StepId | undefined {
	const { state, plan, asides } = context;
	const holder = state.containers.find((one) => one.name === name && !one.oneOff);
	if (holder === undefined) return undefined;
	const { id, service } = holder;
	const known = asides.get(id);
	if (known !== undefined) return known;
	const aside = asideName(holder, context);
	if (aside === undefined || !givesUp(holder, context)) return undefined;
	const operation = { type: 'container.rename', service, container: { name, id }, to: aside } as const;
	const step = isOnlyRemoved(holder, context) ? removeAtOnce(holder, context) : plan.add(operation, reason);
	asides.set(id, step);
	return step;
}

/** Whether it serves nobody any more: it is too many, or the engine can't start it. */
export const isOnlyRemoved = (container: ObservedContainer, { decisions }: Pick<UpContext, 'decisions'>): boolean =>
	isBroken(container) ||
	decisions.get(container.service)?.surplus.some((one) => one.container === container && !one.isLeftover) === true;

function removeAtOnce(holder: ObservedContainer, { plan, stops }: NamesContext): StepId {
	const { service, name, id } = holder;
	const operation = {
		type: 'container.remove',
		service,
		container: { name, id },
		force: true,
		volumes: false,
	} as const;
	return plan.add(operation, reason, { after: [isBroken(holder) ? stops.of(holder) : stops.ensure(holder, reason)] });
}

const reason = 'its name goes to another container';

/** What a container is called that has given up its name; undefined for one of a service that is not in the file. */
export function asideName(container: ObservedContainer, { project }: Pick<UpContext, 'project'>): string | undefined {
	const { service, id } = container;
	const declared = project.services.get(service);
	if (declared === undefined) return undefined;
	return replacedName(id, containerName(project, service, { service: declared, number: numberOf(container) }));
}

/** Whether the plan takes the name from its holder; `asked` are those of whom that is being found out. */
function givesUp(holder: ObservedContainer, context: NamesContext, asked: ReadonlySet<string> = new Set()): boolean {
	const { service, id, name } = holder;
	const decision = context.decisions.get(service);
	const declared = context.project.services.get(service);
	if (decision === undefined || declared === undefined) return false;
	const finalName = containerName(context.project, service, { service: declared, number: numberOf(holder) });
	const leaving = decision.surplus.find(({ container }) => container.id === id);
	if (leaving !== undefined) return leaving.replacedBy === undefined || finalName !== name;
	if (decision.recreated.some(({ container }) => container.id === id)) return finalName !== name;
	if (!decision.kept.includes(holder)) return false;
	return asked.has(id) || wrongNameReason(holder, finalName, context, asked) !== undefined;
}

/** The same, asked by the holder itself: undefined where no other service of the plan wants its name. */
export function handedOn(
	{ id, name, service }: ObservedContainer,
	context: NamesContext & Pick<UpContext, 'selected'>,
): StepId | undefined {
	const known = context.asides.get(id);
	if (known !== undefined) return known;
	const isWanted = [...context.selected].some(
		([other, { container_name }]) => other !== service && container_name === name,
	);
	return isWanted ? handOn(name, context) : undefined;
}

/**
 * Why a container that stays gets its own name again. One that has the name of the other separator was made so; where
 * another of the project's containers has the name and keeps it, both stay.
 */
export function wrongNameReason(
	{ id, name }: ObservedContainer,
	finalName: string,
	context: NamesContext,
	asked: ReadonlySet<string> = new Set(),
): string | undefined {
	if (isTemporaryName(name, finalName)) return 'an earlier replacement broke off';
	if (isNamed(name, finalName)) return undefined;
	const holder = context.state.containers.find((other) => other.name === finalName);
	const isFree = holder === undefined || context.ready.removed.has(finalName);
	if (!isFree && (holder.oneOff || !givesUp(holder, context, new Set([...asked, id])))) return undefined;
	return `container_name: ${name} → ${finalName}`;
}
