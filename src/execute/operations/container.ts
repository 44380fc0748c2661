import type { LabcError } from '../../errors/labc-error.ts';
import type { Operation } from '../../plan/plan.ts';
import { settleSpec } from '../../plan/settle-spec.ts';
import { awaitContainers } from '../await-containers.ts';
import { withSeccompProfiles } from '../seccomp-profiles.ts';
import { containerIdOf, type Handler, type Handlers, type StepRun } from '../step-run.ts';
import { callByName } from './call-by-name.ts';
import { createOrAdopt } from './create-or-adopt.ts';
import { hasCode, ignoreDone, ignoreMissing, onceMore } from './refusal.ts';

export const containerHandlers: Pick<
	Handlers,
	| 'container.create'
	| 'container.start'
	| 'container.stop'
	| 'container.restart'
	| 'container.kill'
	| 'container.pause'
	| 'container.unpause'
	| 'container.rename'
	| 'container.remove'
	| 'container.await'
> = {
	'container.create': async (operation, run) => ({
		containerId: await createOrAdopt(await withSeccompProfiles(settled(operation, run), run.project), run),
	}),
	'container.start': async ({ container }, run) => {
		await onceMore(() => callByName(container, run, (id) => run.engine.startContainer(id)));
		return {};
	},
	'container.stop': ({ container, timeoutSeconds }, run) =>
		ignoreMissing(callByName(container, run, (id) => run.engine.stopContainer(id, timeoutSeconds))),
	'container.restart': async ({ container, timeoutSeconds }, run) => {
		await callByName(container, run, (id) => run.engine.restartContainer(id, timeoutSeconds));
		return {};
	},
	'container.kill': async ({ container, signal }, run) => {
		await callByName(container, run, (id) => run.engine.killContainer(id, signal));
		return {};
	},
	'container.pause': async ({ container }, run) => {
		await callByName(container, run, (id) => run.engine.pauseContainer(id));
		return {};
	},
	'container.unpause': async ({ container }, run) => {
		await callByName(container, run, (id) => run.engine.unpauseContainer(id));
		return {};
	},
	'container.rename': ({ container, to }, run) =>
		ignoreDone(
			callByName(container, run, (id) => run.engine.renameContainer(id, to)),
			/same name as its current name/i,
		),
	'container.remove': ({ container, force, volumes }, run) =>
		ignoreMissing(callByName(container, run, (id) => removeContainer(id, { force, volumes }, run))),
	'container.await': (operation, run) => awaitOperation(operation, run),
};

/** Containers whose ids the definition takes over have been made by now. */
function settled({ spec, unsettled }: Extract<Operation, { type: 'container.create' }>, { results }: StepRun) {
	if (unsettled === undefined) return spec;
	const { containers, hashForm } = unsettled;
	const idOf = (service: string): string | undefined => {
		const reference = containers.get(service);
		return reference === undefined ? undefined : containerIdOf(reference, results);
	};
	return settleSpec(spec, idOf, hashForm);
}

/** Somebody else may be removing it at the same moment: then its end is waited for. */
async function removeContainer(
	id: string,
	options: { readonly force: boolean; readonly volumes: boolean },
	{ engine, signal }: StepRun,
): Promise<void> {
	try {
		await engine.removeContainer(id, options);
	} catch (error) {
		if (!hasCode(error, 'ENGINE_CONFLICT') || !/already in progress/.test(error.message)) throw error;
		await engine.waitContainer(id, 'removed', signal);
	}
}

/** The condition's own failures; MODEL_INVALID: there is no health check to wait for. A lost engine is none of them. */
const isUnmet = (error: unknown): error is LabcError =>
	hasCode(error, 'CONTAINER_EXITED') || hasCode(error, 'CONTAINER_UNHEALTHY') || hasCode(error, 'MODEL_INVALID');

const awaitOperation: Handler<'container.await'> = async (operation, run) => {
	const { service, condition, preStart } = operation;
	const containers = operation.containers.map((container) => ({
		id: containerIdOf(container, run.results),
		name: container.name,
	}));
	try {
		await awaitContainers({ service, containers, condition, preStart, timeoutSeconds: run.waitTimeoutSeconds }, run);
	} catch (error) {
		if (operation.required || run.signal.aborted || !isUnmet(error)) throw error;
		return { skipped: `optional dependency: ${error.message}` };
	}
	return {};
};
