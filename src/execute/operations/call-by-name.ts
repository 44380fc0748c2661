import { LabcError } from '../../errors/labc-error.ts';
import type { ContainerReference } from '../../plan/plan.ts';
import { containerIdOf, type StepRun } from '../step-run.ts';

/** Calls the engine by the container's id; should it refuse, the message names the container as people know it. */
export async function callByName<T>(
	container: ContainerReference,
	{ results }: Pick<StepRun, 'results'>,
	call: (id: string) => Promise<T>,
): Promise<T> {
	const id = containerIdOf(container, results);
	try {
		return await call(id);
	} catch (error) {
		if (!(error instanceof LabcError) || !error.message.includes(id)) throw error;
		const { code, hint, at, diagnostics, cause } = error;
		const message = error.message.replaceAll(id, container.name);
		throw new LabcError(code, message, { hint, at, diagnostics, cause });
	}
}
