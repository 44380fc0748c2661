import type { Project } from '../../src/model/project.ts';
import { formatPlan } from '../../src/plan/format-plan.ts';
import { hookLeftovers } from '../../src/plan/hook-leftovers.ts';
import { planBuilder } from '../../src/plan/plan-builder.ts';
import { stopsOf } from '../../src/plan/stops.ts';
import type { UpContext } from '../../src/plan/up-context.ts';
import type { ObservedState } from '../../src/state/observed-state.ts';

export interface PlanBench {
	readonly context: UpContext;
	/** A line for each step so far. */
	steps(): readonly string[];
	warnings(): readonly string[];
}

/** What a part of an `up` plan works with, before anything is decided or planned. */
export function planBench(project: Project, state: ObservedState, given: Partial<UpContext> = {}): PlanBench {
	const plan = planBuilder();
	const none = new Map<string, never>();
	const context: UpContext = {
		project,
		state,
		plan,
		hashForm: '2',
		grants: new Map(),
		givers: new Map(),
		hooks: hookLeftovers(plan, state),
		stops: stopsOf(plan, { timeoutSeconds: undefined, services: project.services }),
		options: {},
		selected: project.services,
		decisions: new Map(),
		gone: new Map(),
		pending: new Map(),
		ready: { networks: none, volumes: none, images: none, reconnected: none, removed: none },
		outcomes: new Map(),
		rangeStarts: [],
		asides: new Map(),
		awaits: new Map(),
		preStarts: new Map(),
		...given,
	};
	return {
		context,
		steps: () => formatPlan(plan.build()).split('\n').filter(Boolean),
		warnings: () => plan.build().warnings.map(({ code, message }) => `${code} ${message}`),
	};
}
