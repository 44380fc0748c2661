import { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import type { Operation, Plan } from '../plan/plan.ts';
import { movedFacts, planFacts } from '../plan/plan-facts.ts';
import { movedSteps, type SavedOptions, type SavedPlan, savedSteps, writeSavedPlan } from '../plan/saved-plan.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import { observeProject } from './observe-project.ts';
import type { PreviewTools } from './preview-up.ts';

/** The plan as a file keeps it. A plan whose images are still to be made is not known to its end and is refused. */
export function savePlan(
	project: Project,
	{ plan, state }: { readonly plan: Plan; readonly state: ObservedState },
	options: BringUpOptions,
): string {
	const open = plan.steps.filter(({ operation }) => isOpen.has(operation.type));
	if (open.length > 0) {
		throw new LabcError('PLAN_OPEN', `the plan depends on what ${open.map(nameOf).join(', ')} will give`, {
			hint: 'Run `labc compose build` and `labc compose pull` first, then save the plan.',
		});
	}
	return writeSavedPlan({
		project: project.name,
		options: { ...savedOptions(options), recreateVolumes: plan.steps.flatMap(recreatedKey) },
		facts: planFacts(project, state, options),
		steps: savedSteps(plan),
	});
}

const isOpen: ReadonlySet<Operation['type']> = new Set(['image.pull', 'image.build', 'provider.run', 'model.prepare']);

const nameOf = ({ operation }: Plan['steps'][number]): string => `\`${operation.type}\``;

const recreatedKey = ({ operation }: Plan['steps'][number]): readonly string[] =>
	operation.type === 'volume.remove' ? [operation.key] : [];

const savedOptions = ({ services, scale, ...options }: BringUpOptions): SavedOptions => ({
	services: services ?? [],
	scale: Object.fromEntries(scale ?? []),
	noDeps: options.noDeps ?? false,
	recreate: options.recreate ?? 'diverged',
	alwaysRecreateDeps: options.alwaysRecreateDeps ?? false,
	renewAnonymousVolumes: options.renewAnonymousVolumes ?? false,
	mendsDrift: options.mendsDrift ?? false,
	orphans: options.orphans ?? 'warn',
	start: options.start ?? true,
	wait: options.wait ?? false,
	waitTimeoutSeconds: options.waitTimeoutSeconds,
	stopTimeoutSeconds: options.stopTimeoutSeconds,
	gpuMode: options.gpuMode,
	hashForm: options.hashForm,
});

/**
 * Options under which `up` does exactly what the saved plan says, or nothing: refused at once where what it was made
 * from has moved, and once more under the lock, when the plan to be carried out stands.
 */
export async function followPlan(project: Project, saved: SavedPlan, tools: PreviewTools): Promise<BringUpOptions> {
	if (saved.project !== project.name) {
		throw new LabcError('PLAN_INVALID', `the plan is for project \`${saved.project}\`, not for \`${project.name}\``, {
			hint: `Give \`-p ${saved.project}\`, or name the files that it was made from.`,
		});
	}
	const { scale = {}, recreateVolumes = [], ...rest } = saved.options;
	const options = {
		...rest,
		scale: new Map(Object.entries(scale)),
		recreateVolumes: new Set(recreateVolumes),
		asks: false,
		build: 'never',
		pull: 'never',
	} as const;
	requireUnmoved(saved, planFacts(project, await observeProject(project, tools, { createsKey: false }), options));
	return {
		...options,
		expects({ plan, state }) {
			requireUnmoved(saved, planFacts(project, state, options));
			refuseMoved(movedSteps(saved.steps, savedSteps(plan)));
		},
	};
}

const requireUnmoved = ({ facts }: SavedPlan, now: SavedPlan['facts']): void => refuseMoved(movedFacts(facts, now));

const shownMoves = 5;

function refuseMoved(moved: readonly string[]): void {
	if (moved.length === 0) return;
	const more = moved.length > shownMoves ? ` and ${moved.length - shownMoves} more` : '';
	throw new LabcError(
		'PLAN_OUTDATED',
		`the plan does not hold any more: ${moved.slice(0, shownMoves).join('; ')}${more}`,
		{
			hint: 'Make it again with `labc compose plan -o FILE`, and look at it.',
		},
	);
}
