import type { Project } from '../model/project.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { StepId } from './plan.ts';
import type { UpContext } from './up-context.ts';

/** Containers of services that the file no longer has, and one-offs that ended. */
export const orphansOf = (
	project: Pick<Project, 'services' | 'disabledServices'>,
	state: Pick<ObservedState, 'containers'>,
): readonly ObservedContainer[] =>
	state.containers.filter((container) =>
		container.oneOff
			? container.state === 'exited' || container.state === 'dead'
			: !project.services.has(container.service) && !project.disabledServices.has(container.service),
	);

/** Warns of orphans or removes them; gives each removal by the container's name. */
export function planOrphans({
	project,
	state,
	plan,
	stops,
	options,
}: Pick<UpContext, 'project' | 'state' | 'plan' | 'stops' | 'options'>): ReadonlyMap<string, StepId> {
	const removals = new Map<string, StepId>();
	const orphans = orphansOf(project, state);
	if (orphans.length === 0 || options.orphans === 'ignore') return removals;
	if (options.orphans !== 'remove') {
		plan.warn({
			severity: 'warning',
			code: 'ORPHAN_CONTAINERS',
			message: `Found orphan containers ([${orphans.map(({ name }) => name).join(' ')}]) for this project`,
			hint: 'If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.',
		});
		return removals;
	}
	for (const container of orphans) {
		const reason = container.oneOff
			? 'one-off container that ended'
			: `orphan: service \`${container.service}\` is not in the file`;
		const { service, name, id } = container;
		const removal = plan.add(
			{ type: 'container.remove', service, container: { name, id }, force: true, volumes: false },
			reason,
			{ after: [stops.ensure(container, reason)] },
		);
		removals.set(name, removal);
	}
	return removals;
}
