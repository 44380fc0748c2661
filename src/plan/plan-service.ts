import { containerName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { addCreation } from './add-creation.ts';
import { replicaSpec } from './container-spec.ts';
import type { Declared } from './declared.ts';
import { asideName, handedOn, wrongNameReason } from './hand-on-names.ts';
import type { StepId } from './plan.ts';
import { planConditions } from './plan-awaits.ts';
import { planRecreation, type ResumedExchange } from './plan-recreation.ts';
import { type PlannedContainer, planStart, type ServiceRequest } from './plan-start.ts';
import { freed, planSurplus, type Removal } from './plan-surplus.ts';
import { numberOf, type ServiceDecision } from './service-decision.ts';
import { addSharerRestart, runningSharersOf, sharerReason } from './sharers.ts';
import type { ServiceOutcome, UpContext } from './up-context.ts';

/** Adds the steps that bring one service to its declared form. Its dependencies have been planned before. */
export function planService(declared: Declared, decision: ServiceDecision, context: UpContext): ServiceOutcome {
	const conditions = [...planConditions(declared.service, context), ...roomFor(declared.name, context)];
	const surplus = planSurplus(declared.name, decision, { conditions, context });
	const request = { ...declared, conditions, context };
	const resumed = resumedExchanges(decision);
	const kept = decision.kept.filter((container) => resumed.every(({ successor }) => successor !== container));
	const planned = [
		...kept.map((container) => planKept(container, surplus, request)),
		...planRecreation({ recreated: decision.recreated, resumed, surplus }, request),
		...decision.created.map((number) => planCreation(number, surplus, request)),
	];
	return {
		containers: planned.map(({ reference }) => reference),
		made: planned.flatMap(({ made }) => made ?? []),
		started: planned.flatMap(({ started }) => started ?? []),
		untouched: planned.flatMap(({ untouched }) => untouched ?? []),
	};
}

/** Replacements that an earlier run began. */
const resumedExchanges = ({ surplus }: ServiceDecision): readonly ResumedExchange[] =>
	surplus.flatMap(({ container, replacedBy }) =>
		replacedBy === undefined ? [] : [{ old: container, successor: replacedBy }],
	);

/** A container that stays: it gets its own name back where a replacement broke off, and is started where it does not run. */
function planKept(
	container: ObservedContainer,
	surplus: readonly Removal[],
	request: ServiceRequest,
): PlannedContainer {
	const { name, service, context } = request;
	const finalName = containerName(context.project, name, { service, number: numberOf(container) });
	const wrongName = wrongNameReason(container, finalName, context);
	const renamed =
		wrongName === undefined ? undefined : planNaming(container, { finalName, wrongName, surplus }, request);
	const reference = { name: wrongName ? finalName : container.name, id: container.id };
	const stopped = context.stops.of(container);
	const rests = context.decisions.get(name)?.rests === true;
	if (stopped === undefined && container.state === 'paused') {
		return { reference, made: renamed, started: planUnpausing(container, request) };
	}
	if (stopped === undefined && (rests || !needsStart(container))) {
		return { reference, made: renamed, started: renamed, untouched: container };
	}
	const known = new Map([...context.project.disabledServices, ...context.project.services]);
	const sharers = runningSharersOf(container, known, context.state.containers);
	for (const sharer of sharers.filter(({ service: other }) => context.decisions.has(other)))
		context.stops.ensure(sharer, sharerReason(container));
	const reason = needsStart(container) ? startReason(container) : 'stopped by this plan';
	const after = [renamed, stopped, ...(context.ready.reconnected.get(container.id) ?? [])];
	const started = planStart(reference, reason, after, request);
	for (const sharer of sharers.filter(({ service: other }) => !context.decisions.has(other)))
		addSharerRestart(sharer, container, { plan: context.plan, started });
	return { reference, made: renamed, started };
}

/** Containers whose GPUs the service gets are out of service before it starts, which is sooner than they would be. */
export const roomFor = (name: string, { givers, stops }: Pick<UpContext, 'givers' | 'stops'>): readonly StepId[] =>
	(givers.get(name) ?? []).flatMap((container) => stops.ensure(container, `its GPUs go to \`${name}\``) ?? []);

interface Naming {
	readonly finalName: string;
	readonly wrongName: string;
	readonly surplus: readonly Removal[];
}

/** Gives a container its own name. The name that it had may be another one's: then it is without, until its own is free. */
function planNaming(
	container: ObservedContainer,
	{ finalName, wrongName, surplus }: Naming,
	{ name: service, context }: ServiceRequest,
): StepId {
	const handed = handedOn(container, context);
	const name = (handed === undefined ? undefined : asideName(container, context)) ?? container.name;
	const operation = {
		type: 'container.rename',
		service,
		container: { name, id: container.id },
		to: finalName,
	} as const;
	const renamed = context.plan.add(operation, wrongName, { after: [handed, ...freed(finalName, surplus, context)] });
	if (handed === undefined) context.asides.set(container.id, renamed);
	return renamed;
}

/** docker compose tries to start it, which the engine refuses. */
function planUnpausing({ name, id }: ObservedContainer, request: ServiceRequest): StepId | undefined {
	const { name: service, conditions, context } = request;
	if (context.options.start === false) return undefined;
	const operation = { type: 'container.unpause', service, container: { name, id } } as const;
	return context.plan.add(operation, 'paused', { after: conditions });
}

export const needsStart = ({ state }: ObservedContainer): boolean => state !== 'running' && state !== 'restarting';

export function startReason({ state, exitCode }: ObservedContainer): string {
	if (state === 'created') return 'not started yet';
	return state === 'exited' && exitCode !== undefined ? `exited (${exitCode})` : state;
}

function planCreation(number: number, surplus: readonly Removal[], request: ServiceRequest): PlannedContainer {
	const { name, service, context } = request;
	const spec = replicaSpec({ name, service, number, hashForm: context.hashForm }, context.project, context.state);
	const pending = context.pending.get(name);
	const gone = [...context.gone.values()].find(
		({ container }) => container.service === name && !container.oneOff && numberOf(container) === number,
	);
	const reasons = [...(gone?.reasons ?? ['not found']), ...(pending === undefined ? [] : [`image: ${pending}`])];
	const after = freed(spec.name, surplus, context);
	const created = addCreation(spec, { name, service, number, reasons, after, context });
	const reference = { name: spec.name, createdBy: created };
	return {
		reference,
		made: created,
		started: planStart(reference, 'new', [created, ...surplus.map(({ stopped }) => stopped)], request),
	};
}
