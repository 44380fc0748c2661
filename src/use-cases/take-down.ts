import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Plan } from '../plan/plan.ts';
import type { DownOptions } from '../plan/plan-down.ts';
import { planDown } from '../plan/plan-down.ts';
import { observeByName, observeImages } from '../state/observe.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { applyPlan } from './apply-plan.ts';
import type { ProjectTarget } from './project-target.ts';
import type { RunTools } from './run-tools.ts';

/** Removes what belongs to the project. What others still use stays and is told. */
export async function takeDown(target: ProjectTarget, tools: RunTools, options: DownOptions): Promise<void> {
	const { name, project } = target;
	await applyPlan(() => previewDown(target, tools.engine, options), tools, {
		project,
		projectName: name,
		keepsWhatIsInUse: true,
		command: 'labc compose down',
		nothingToDo: { message: `no resource found to remove for project \`${name}\`` },
	});
}

/** The plan of a `down`, from reads only. */
async function previewDown(target: ProjectTarget, engine: Engine, options: DownOptions): Promise<Plan> {
	const { name, project } = target;
	if (project === undefined && options.images !== undefined) throw imagesUnknown(name);
	return planDown(project, name, await observeForDown(target, engine, options), options);
}

/** Containers that are gone left no trace of their images; only the file knows them. */
const imagesUnknown = (name: string): LabcError =>
	new LabcError('USAGE_INVALID', `\`--rmi\` needs the file of project \`${name}\` to know its images`, {
		hint: 'Name the file with `-f`, or run the command in its folder without `-p`.',
	});

/** Labels tell all that a `down` needs, but for the images of `--rmi`. */
async function observeForDown(
	{ name, project }: ProjectTarget,
	engine: Engine,
	options: DownOptions,
): Promise<ObservedState> {
	const needsImages = options.images !== undefined && project !== undefined;
	const [state, images] = await Promise.all([
		observeByName(engine, name),
		needsImages ? observeImages(engine, project) : new Map(),
	]);
	return { ...state, images };
}
