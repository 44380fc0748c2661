import { containerName, isTemporaryName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { replicaSpec } from './container-spec.ts';
import { numberOf, type ServiceDecision } from './decide-service.ts';
import type { Declared } from './declared.ts';
import type { StepId } from './plan.ts';
import { planConditions } from './plan-awaits.ts';
import { planRecreation } from './plan-recreation.ts';
import { type PlannedContainer, planStart, type ServiceRequest } from './plan-start.ts';
import { createPrerequisites } from './prerequisites.ts';
import type { ServiceOutcome, UpContext } from './up-context.ts';

/** Adds the steps that bring one service to its declared form. Its dependencies have been planned before. */
export function planService(declared: Declared, decision: ServiceDecision, context: UpContext): ServiceOutcome {
	const conditions = planConditions(declared.service, context);
	const surplus = planSurplus(declared.name, decision, context);
	const request = { ...declared, conditions, context };
	const planned = [
		...decision.kept.map((container) => planKept(container, surplus, request)),
		...planRecreation(decision.recreated, request),
		...decision.created.map((number) => planCreation(number, surplus, request)),
	];
	return {
		containers: planned.map(({ reference }) => reference),
		started: planned.flatMap(({ started }) => started ?? []),
		untouched: planned.flatMap(({ untouched }) => untouched ?? []),
	};
}

interface Removal {
	readonly name: string;
	readonly stopped: StepId | undefined;
	readonly removed: StepId;
}

function planSurplus(service: string, { surplus }: ServiceDecision, { plan, stops }: UpContext): readonly Removal[] {
	return surplus.map(({ container, reason }) => {
		const stopped = stops.ensure(container, reason);
		const { name, id } = container;
		const removed = plan.add(
			{ type: 'container.remove', service, container: { name, id }, force: true, volumes: false },
			reason,
			{ after: [stopped] },
		);
		return { name, stopped, removed };
	});
}

/** A container that stays: it gets its own name back where a replacement broke off, and is started where it does not run. */
function planKept(
	container: ObservedContainer,
	surplus: readonly Removal[],
	request: ServiceRequest,
): PlannedContainer {
	const { name, service, context } = request;
	const finalName = containerName(context.project, name, { service, number: numberOf(container) });
	const isLeftover = isTemporaryName(container.name, finalName);
	const renamed = isLeftover
		? context.plan.add(
				{
					type: 'container.rename',
					service: name,
					container: { name: container.name, id: container.id },
					to: finalName,
				},
				'an earlier replacement broke off',
				{ after: surplus.filter((removal) => removal.name === finalName).map(({ removed }) => removed) },
			)
		: undefined;
	const reference = { name: isLeftover ? finalName : container.name, id: container.id };
	const stopped = context.stops.of(container);
	if (stopped === undefined && !needsStart(container)) return { reference, started: renamed, untouched: container };
	const reason = needsStart(container) ? startReason(container) : 'stopped by this plan';
	const after = [renamed, stopped, ...(context.ready.reconnected.get(container.id) ?? [])];
	return { reference, started: planStart(reference, reason, after, request) };
}

export const needsStart = ({ state }: ObservedContainer): boolean => state !== 'running' && state !== 'restarting';

export function startReason({ state, exitCode }: ObservedContainer): string {
	if (state === 'created') return 'not started yet';
	return state === 'exited' && exitCode !== undefined ? `exited (${exitCode})` : state;
}

function planCreation(number: number, surplus: readonly Removal[], request: ServiceRequest): PlannedContainer {
	const { name, service, context } = request;
	const spec = replicaSpec({ name, service, number }, context.project, context.state);
	const pending = context.pending.get(name);
	const reasons = ['not found', ...(pending === undefined ? [] : [`image: ${pending}`])];
	const created = context.plan.add({ type: 'container.create', service: name, spec }, reasons, {
		after: [...createPrerequisites(request), context.ready.orphans.get(spec.name)],
	});
	const reference = { name: spec.name, createdBy: created };
	return {
		reference,
		started: planStart(reference, 'new', [created, ...surplus.map(({ stopped }) => stopped)], request),
	};
}
