import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { DownState } from '../plan/down-resources.ts';
import type { Plan } from '../plan/plan.ts';
import type { DownOptions } from '../plan/plan-down.ts';
import { planDown } from '../plan/plan-down.ts';
import { observeBuiltImages, observeByName, observeHookContainers, observeImages } from '../state/observe.ts';
import { applyPlan } from './apply-plan.ts';
import type { ProjectTarget } from './project-target.ts';
import type { RunTools } from './run-tools.ts';

/** Removes what belongs to the project. What others still use stays and is told. */
export async function takeDown(target: ProjectTarget, tools: RunTools, options: DownOptions): Promise<void> {
	const { name, project, locate } = target;
	if (options.volumes) await askForVolumes(target, tools, options);
	await applyPlan(() => previewDown(target, tools.engine, options), tools, {
		project,
		projectName: name,
		keepsWhatIsInUse: true,
		locate,
		nothingToDo: { message: `no resource found to remove for project \`${name}\`` },
	});
}

/**
 * A person is shown what would be lost and asked, before any lock is taken; docker compose asks nobody. A no fails the
 * command, so that nothing goes on as if all were gone.
 */
async function askForVolumes(target: ProjectTarget, tools: RunTools, options: DownOptions): Promise<void> {
	if (!tools.hasPerson?.() || tools.show !== undefined) return;
	const { steps } = await previewDown(target, tools.engine, options);
	const lost = steps.flatMap(({ operation }) => (operation.type === 'volume.remove' ? [operation.name] : []));
	if (lost.length === 0 || (await tools.confirm(removalQuestion(lost)))) return;
	throw new LabcError('CONSENT_REFUSED', 'nothing was removed, since the question was not answered with yes', {
		hint: 'Leave out `-v` to keep the volumes.',
	});
}

const removalQuestion = (volumes: readonly string[]): string =>
	[
		`${volumes.length === 1 ? 'This volume goes' : 'These volumes go'}, and what is in ${volumes.length === 1 ? 'it' : 'them'} is lost:`,
		...volumes.map((name) => `  ${name}`),
		`Take the project down and remove ${volumes.length === 1 ? 'it' : 'them'}?`,
	].join('\n');

/** The plan of a `down`, from reads only. */
async function previewDown(target: ProjectTarget, engine: Engine, options: DownOptions): Promise<Plan> {
	const { name, project } = target;
	return planDown(project, name, await observeForDown(target, engine, options), options);
}

/** Labels tell all that a `down` needs; the file knows names of images too. */
async function observeForDown(
	{ name, project }: ProjectTarget,
	engine: Engine,
	{ images: wanted }: DownOptions,
): Promise<DownState> {
	const [state, images, builtImages, hookContainers] = await Promise.all([
		observeByName(engine, name),
		wanted !== undefined && project !== undefined ? observeImages(engine, project) : new Map(),
		wanted === undefined ? [] : observeBuiltImages(engine, name),
		project === undefined ? undefined : observeHookContainers(engine, project),
	]);
	return { ...state, images, builtImages, ...(hookContainers !== undefined && { hookContainers }) };
}
