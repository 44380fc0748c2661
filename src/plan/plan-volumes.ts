import type { VolumeSummary } from '../engine/volume-api.ts';
import type { Diagnostic } from '../errors/diagnostic.ts';
import type { Volume } from '../model/volume.ts';
import { label, resourceLabels } from '../state/labels.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import { hashVolume, volumeTexts } from './config-hash.ts';
import { explainVolume } from './explain-resource.ts';
import { fieldsLabel } from './field-digests.ts';
import type { StepId } from './plan.ts';
import { volumeFate } from './resource-fate.ts';
import type { UpContext } from './up-context.ts';

type VolumeContext = Pick<UpContext, 'project' | 'state' | 'plan' | 'stops' | 'options'>;

/** Adds the steps that bring the volumes to their declared form; gives the step that creates wait for, by key. */
export function planVolumes(keys: Iterable<string>, context: VolumeContext): ReadonlyMap<string, StepId> {
	const ready = new Map<string, StepId>();
	for (const key of keys) {
		const volume = context.project.volumes.get(key);
		const step = volume === undefined || volume.external ? undefined : planVolume(key, volume, context);
		if (step !== undefined) ready.set(key, step);
	}
	return ready;
}

function planVolume(key: string, volume: Volume, context: VolumeContext): StepId | undefined {
	const { project, state, plan, options } = context;
	const fate = volumeFate(project.name, volume, state);
	if (fate.kind === 'missing') return planCreation(key, volume, context);
	if (fate.kind === 'diverged' && options.recreateVolumes) {
		return planRecreation(key, volume, { ...context, reasons: explainVolume(volume, fate.found) });
	}
	if (fate.kind === 'diverged') plan.warn(divergedVolume(key, volume, explainVolume(volume, fate.found)));
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

/** A volume in use can't be removed, not even by containers that are stopped. */
function planRecreation(
	key: string,
	volume: Volume,
	context: VolumeContext & { readonly reasons: readonly string[] },
): StepId {
	const { state, plan, stops, reasons } = context;
	const reason = `volume ${key} is recreated`;
	const gone = usersOf(volume, state).map((container) =>
		plan.add(
			{
				type: 'container.remove',
				service: container.service,
				container: { name: container.name, id: container.id },
				force: false,
				volumes: false,
			},
			reason,
			{ after: [stops.ensure(container, reason)] },
		),
	);
	const removed = plan.add({ type: 'volume.remove', key, name: volume.name }, reasons, {
		after: gone,
		destroysData: true,
	});
	return planCreation(key, volume, context, removed);
}

const usersOf = ({ name }: Volume, state: ObservedState): readonly ObservedContainer[] =>
	state.containers.filter(({ mounts }) => mounts.some((mount) => mount.type === 'volume' && mount.name === name));

/** The containers that `planVolumes` removes, by id: for the rest of the plan they are not there. */
export function goneWithVolumes(
	keys: Iterable<string>,
	{ project, state, options }: Omit<VolumeContext, 'plan' | 'stops'>,
): ReadonlySet<string> {
	if (!options.recreateVolumes) return new Set();
	const diverged = [...keys]
		.map((key) => project.volumes.get(key))
		.filter((volume) => volume !== undefined && volumeFate(project.name, volume, state).kind === 'diverged');
	return new Set(
		diverged.flatMap((volume) => (volume === undefined ? [] : usersOf(volume, state).map(({ id }) => id))),
	);
}

const divergedVolume = (key: string, { name }: Volume, reasons: readonly string[]): Diagnostic => ({
	severity: 'warning',
	code: 'VOLUME_DIVERGED',
	message: `volume \`${name}\` exists but doesn't match the configuration in the compose file`,
	path: `volumes.${key}`,
	hint: `Run \`up -y\` to recreate it; its data will be lost (${reasons.join('; ')}).`,
});

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
