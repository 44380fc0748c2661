import type { DependencyCondition, Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { AwaitCondition, StepId } from './plan.ts';
import type { ServiceOutcome, UpContext } from './up-context.ts';

/** What of a service its dependents wait for. */
export type AwaitedOutcome = Pick<ServiceOutcome, 'containers' | 'started' | 'untouched'>;

type AwaitContext = Pick<UpContext, 'plan' | 'awaits'> & {
	readonly outcomes: ReadonlyMap<string, AwaitedOutcome>;
	readonly options: Pick<UpContext['options'], 'start'>;
};

/** The steps that must be done before a container of the service may start: its dependencies are as it asks. */
export function planConditions(service: Service, context: AwaitContext): readonly StepId[] {
	if (context.options.start === false) return [];
	return Object.entries(service.depends_on ?? {}).flatMap(([name, { condition, required }]) => {
		const outcome = context.outcomes.get(name);
		if (outcome === undefined) return [];
		if (condition === 'service_started') return outcome.started;
		return planAwait({ name, condition, required }, outcome, context) ?? [];
	});
}

/** `up --wait`: every service has to be up, healthy where it has a health check, or done where others wait for that. */
export function planReadiness({ selected, ...context }: AwaitContext & Pick<UpContext, 'selected'>): void {
	const oneShots = new Set(
		[...selected.values()].flatMap(({ depends_on = {} }) =>
			Object.entries(depends_on)
				.filter(([, { condition }]) => condition === 'service_completed_successfully')
				.map(([name]) => name),
		),
	);
	for (const [name, outcome] of context.outcomes) {
		if (context.awaits.has(keyOf({ name, condition: 'service_healthy', required: true }))) continue;
		const condition = oneShots.has(name) ? 'service_completed_successfully' : 'running_or_healthy';
		planAwait({ name, condition, required: true }, outcome, context);
	}
}

interface Awaited {
	readonly name: string;
	readonly condition: AwaitCondition;
	readonly required: boolean;
}

const keyOf = ({ name, condition, required }: Awaited): string => `${name} ${condition} ${required}`;

/** The step that waits, shared by all who wait for the same; undefined where the lists show that there is nothing to wait for. */
function planAwait(
	{ name, condition, required }: Awaited,
	outcome: AwaitedOutcome,
	{ plan, awaits }: AwaitContext,
): StepId | undefined {
	if (isMet(condition, outcome)) return undefined;
	const key = keyOf({ name, condition, required });
	const known = awaits.get(key);
	if (known !== undefined) return known;
	const unhealthy = asksForHealth.has(condition)
		? outcome.untouched.filter(({ health }) => health === 'unhealthy').map((container) => container.name)
		: [];
	const step = plan.add(
		{
			type: 'container.await',
			service: name,
			containers: outcome.containers,
			condition,
			required,
			...(unhealthy.length > 0 && { unhealthy: true }),
		},
		[
			awaitReasons[condition],
			...unhealthy.map((one) => `${one} is unhealthy now: \`up\` is going to wait and may fail`),
		],
		{ after: outcome.started },
	);
	awaits.set(key, step);
	return step;
}

const asksForHealth: ReadonlySet<AwaitCondition> = new Set(['service_healthy', 'running_or_healthy']);

const awaitReasons: Readonly<Record<AwaitCondition, string>> = {
	service_started: 'others start after it',
	service_healthy: 'others wait until it is healthy',
	service_completed_successfully: 'others wait until it has ended well',
	running_or_healthy: 'to be up before the command ends',
} satisfies Record<AwaitCondition | DependencyCondition, string>;

const isMet = (condition: AwaitCondition, { containers, untouched }: AwaitedOutcome): boolean =>
	untouched.length === containers.length && untouched.every((container) => isReady[condition](container));

/** A job that ended is started by every `up` but where its GPUs are held: that one is left untouched. */
const isReady: Readonly<Record<AwaitCondition, (container: ObservedContainer) => boolean>> = {
	service_started: () => true,
	service_healthy: ({ state, health }) => state === 'running' && health === 'healthy',
	service_completed_successfully: ({ state, exitCode }) => state === 'exited' && exitCode === 0,
	running_or_healthy: ({ state, health }) => state === 'running' && (health === undefined || health === 'healthy'),
};
