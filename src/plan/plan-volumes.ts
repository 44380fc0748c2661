import type { VolumeSummary } from '../engine/volume-api.ts';
import type { Diagnostic } from '../errors/diagnostic.ts';
import type { Volume } from '../model/volume.ts';
import { label, resourceLabels } from '../state/labels.ts';
import { hashVolume, volumeTexts } from './config-hash.ts';
import { isUser, type RecreatedVolume } from './decide-volumes.ts';
import { explainVolume } from './explain-resource.ts';
import { fieldsLabel } from './field-digests.ts';
import type { StepId } from './plan.ts';
import { volumeFate } from './resource-fate.ts';
import type { GoneContainer } from './service-decision.ts';
import type { UpContext } from './up-context.ts';

interface VolumeContext extends Pick<UpContext, 'project' | 'state' | 'plan' | 'stops' | 'hooks' | 'gone'> {
	readonly recreated: ReadonlyMap<string, RecreatedVolume>;
	/** Removals of orphans, by the container's name: they may use a volume that goes. */
	readonly orphans: ReadonlyMap<string, StepId>;
}

interface PlannedVolumes {
	/** The step that creates wait for, by key. */
	readonly ready: ReadonlyMap<string, StepId>;
	/** Removals of what uses a volume that is recreated, by the container's name. */
	readonly removed: ReadonlyMap<string, StepId>;
}

/** Adds the steps that bring the volumes to their declared form. */
export function planVolumes(keys: Iterable<string>, context: VolumeContext): PlannedVolumes {
	const removals = planUsers(context);
	const ready = new Map<string, StepId>();
	for (const key of keys) {
		const volume = context.project.volumes.get(key);
		const step =
			volume === undefined || volume.external ? undefined : planVolume(key, volume, { ...context, removals });
		if (step !== undefined) ready.set(key, step);
	}
	const named = [...context.gone].flatMap(([id, { container }]): readonly [string, StepId][] => {
		const step = removals.get(id);
		return step === undefined ? [] : [[container.name, step]];
	});
	return { ready, removed: new Map(named) };
}

interface WithRemovals extends VolumeContext {
	/** The removals of containers that use a volume which is recreated, by id. */
	readonly removals: ReadonlyMap<string, StepId>;
}

/** A volume in use can't be removed, not even by containers that are stopped. Each goes once, whatever it uses. */
function planUsers({ gone, orphans, plan, stops }: VolumeContext): ReadonlyMap<string, StepId> {
	const remove = ({ container, reasons }: GoneContainer): StepId => {
		const { service, name, id } = container;
		return plan.add(
			{ type: 'container.remove', service, container: { name, id }, force: false, volumes: false },
			reasons,
			{ after: [stops.ensure(container, reasons)] },
		);
	};
	return new Map([...gone].map(([id, one]) => [id, orphans.get(one.container.name) ?? remove(one)]));
}

function planVolume(key: string, volume: Volume, context: WithRemovals): StepId | undefined {
	const { project, state, plan, recreated } = context;
	const fate = volumeFate(project.name, volume, state);
	const again = recreated.get(key);
	if (again !== undefined) return planRecreation(key, again, context);
	if (fate.kind === 'missing') return planCreation(key, volume, context);
	if (fate.kind === 'diverged') plan.ask({ key, name: volume.name, reasons: explainVolume(volume, fate.found) });
	if (fate.kind === 'foreign') plan.warn(foreignVolume(key, project.name, fate.found));
	return undefined;
}

function planCreation(key: string, volume: Volume, { project, plan }: VolumeContext, removed?: StepId): StepId {
	const configHash = hashVolume(volume);
	const labels = {
		...resourceLabels('volume', { project: project.name, key, configHash }, volume.labels),
		...fieldsLabel(volumeTexts(volume), configHash),
	};
	const reason = removed === undefined ? 'not found' : 'recreated';
	return plan.add({ type: 'volume.create', key, volume, labels }, reason, { after: [removed] });
}

function planRecreation(key: string, { volume, reasons, users }: RecreatedVolume, context: WithRemovals): StepId {
	const removed = context.plan.add({ type: 'volume.remove', key, name: volume.name }, reasons, {
		after: [...users.map(({ id }) => context.removals.get(id)), ...context.hooks.remove((one) => isUser(one, volume))],
		destroysData: true,
	});
	return planCreation(key, volume, context, removed);
}

function foreignVolume(key: string, projectName: string, { name, labels }: VolumeSummary): Diagnostic {
	const owner = labels[label.project];
	const why =
		owner === undefined
			? 'not created by docker compose'
			: `created for project \`${owner}\` (expected \`${projectName}\`)`;
	return {
		severity: 'warning',
		code: 'RESOURCE_FOREIGN',
		message: `volume \`${name}\` already exists but was ${why}`,
		path: `volumes.${key}`,
		hint: 'Use `external: true` to use an existing volume.',
	};
}
