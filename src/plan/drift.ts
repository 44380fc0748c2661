import type { ContainerDetails } from '../engine/container-api.ts';
import { readList, readRecord, readText } from '../engine/unread.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { containerName, imageReference, isTemporaryName } from '../state/names.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import { declaredRestart } from './compared-surroundings.ts';
import { serviceTexts } from './config-hash.ts';
import type { Declared } from './declared.ts';
import { imageChange, leftNetworks } from './divergence.ts';
import { asReason, isDeclaredOtherwise, type Shown, shownDifferences } from './explain-change.ts';
import { changedFields } from './field-digests.ts';
import { carriesHash } from './hash-form.ts';
import type { Drift, Plan, Step } from './plan.ts';
import type { FieldChange, Reason } from './reason.ts';
import { replicasOf, selectServices } from './select-services.ts';
import { isBroken, numberOf } from './service-decision.ts';
import { settleService } from './share-containers.ts';
import { observedIdOf } from './shared-reference.ts';
import type { UpOptions } from './up-options.ts';

/**
 * What was changed by hand, field by field: what is not as the containers' own labels say that they were made. What the
 * file says otherwise by now is no drift, a job that ended well neither, nor what another run is about to replace.
 */
export function findDrift(
	project: Project,
	state: ObservedState,
	{ plan, options = {} }: { readonly plan: Plan; readonly options?: UpOptions },
): readonly Drift[] {
	const selected = selectServices(project, options);
	const underWay = replacementsUnderWay(project, state);
	const byHand = state.containers.flatMap((container) => {
		const service = selected.get(container.service);
		if (service === undefined || container.oneOff || underWay.has(replicaOf(container))) return [];
		return changesByHand(container, { name: container.service, service }, { project, state, plan });
	});
	return [...missing(selected, plan, state), ...byHand].sort(byContainer);
}

const byContainer = (a: Drift, b: Drift): number =>
	a.container < b.container ? -1 : Number(a.container > b.container);

const replicaOf = (container: ObservedContainer): string => `${container.service} ${numberOf(container)}`;

/** Replicas of which one container has a temporary name: another run replaces them, or one broke off that `up` ends. */
function replacementsUnderWay(project: Project, { containers }: ObservedState): ReadonlySet<string> {
	const halfMade = containers.filter((container) => {
		const service = project.services.get(container.service);
		if (service === undefined || container.oneOff) return false;
		const wanted = containerName(project, container.service, { service, number: numberOf(container) });
		return isTemporaryName(container.name, wanted);
	});
	return new Set(halfMade.map(replicaOf));
}

/** What is declared and not there. Nothing tells a replica that somebody removed from one that was never made. */
function missing(
	selected: ReadonlyMap<string, Service>,
	{ steps }: Plan,
	{ containers }: ObservedState,
): readonly Drift[] {
	return steps.flatMap(({ operation }) => {
		if (operation.type !== 'container.create' || operation.replaces !== undefined) return [];
		const { service, spec } = operation;
		if (containers.some(({ name }) => name === spec.name)) return [];
		const replicas = replicasIn(selected, service);
		const declared = replicas > 1 ? `running (one of ${replicas})` : 'running';
		const words = { field: 'container', observed: 'not created', declared };
		return [{ service, container: spec.name, ...words, mendedBy: 'up' as const }];
	});
}

function replicasIn(selected: ReadonlyMap<string, Service>, name: string): number {
	const service = selected.get(name);
	return service === undefined ? 0 : replicasOf(name, service);
}

interface Look {
	readonly project: Project;
	readonly state: ObservedState;
	readonly plan: Plan;
}

function changesByHand(container: ObservedContainer, declared: Declared, look: Look): readonly Drift[] {
	const { plan, project, state } = look;
	const edited = editedFields(container, declared, state);
	const isExchanged = plan.steps.some(({ operation }) => exchangedBy(operation) === container.id);
	const drift = (mendedBy: Drift['mendedBy']) => {
		const of = { service: declared.name, container: container.name, mendedBy };
		return ({ field, before, after }: FieldChange): Drift => ({ ...of, field, observed: before, declared: after });
	};
	const left = isEdited(edited, 'networks') ? [] : leftNetworks(container, declared.service, { project, state });
	return [
		...[
			...stateChange(container, declared),
			...nameChange(container, edited, plan),
			...tagChange(container, declared, { edited, look }),
			...left.map((field) => ({ field, before: 'not attached', after: '(as declared)' })),
		].map(drift('up')),
		...shownByHand(container, declared, { edited, look }).map(drift(isExchanged ? 'up' : 'up --drift')),
	];
}

/** The container that is gone when the step was carried out. */
function exchangedBy(operation: Step['operation']): string | undefined {
	if (operation.type === 'container.create') return operation.replaces;
	return operation.type === 'container.remove' && 'id' in operation.container ? operation.container.id : undefined;
}

/** Fields that the file says otherwise than the container's labels; `unknown` where they tell only that some are. */
type Edited = ReadonlySet<string> | 'unknown';

function editedFields(container: ObservedContainer, { service }: Declared, { containers }: ObservedState): Edited {
	const settled = settleService(service, (needed) => observedIdOf(needed, containers));
	if (settled !== undefined && carriesHash(settled, container.configHash)) return new Set();
	const changed = changedFields(serviceTexts(settled ?? service), container.labels);
	return changed === undefined ? 'unknown' : new Set([...changed, 'container_name', 'image']);
}

const isEdited = (edited: Edited, field: string): boolean =>
	edited === 'unknown' || (edited.size > 0 && isDeclaredOtherwise({ field }, edited));

/** One that was never started is as it was made. */
function stateChange(container: ObservedContainer, { service }: Declared): readonly FieldChange[] {
	const { state, exitCode } = container;
	const change = (before: string): readonly FieldChange[] => [{ field: 'state', before, after: 'running' }];
	if (state === 'paused' || isBroken(container)) return change(state);
	if (state !== 'exited' || isFinished(container, declaredRestart(service))) return [];
	return change(exitCode === undefined ? state : `exited (${exitCode})`);
}

/** A job that ended well, and that the engine does not start again. */
const isFinished = ({ exitCode }: ObservedContainer, restart: string | undefined): boolean =>
	exitCode === 0 && (restart === undefined || restart.startsWith('on-failure'));

/** Where it can have its own name again, the plan gives it back. */
function nameChange(container: ObservedContainer, edited: Edited, { steps }: Plan): readonly FieldChange[] {
	if (isEdited(edited, 'container_name')) return [];
	const { id, name } = container;
	const isExchanged = steps.some(({ operation }) => exchangedBy(operation) === id);
	return steps.flatMap(({ operation }) => {
		if (isExchanged || operation.type !== 'container.rename') return [];
		const isOwn = 'id' in operation.container && operation.container.id === id;
		return isOwn ? [{ field: 'container_name', before: name, after: operation.to }] : [];
	});
}

interface Comparing {
	readonly edited: Edited;
	readonly look: Look;
}

/** Another image behind the tag that the container was made from. */
function tagChange(
	container: ObservedContainer,
	{ name, service }: Declared,
	{ edited, look: { project, state } }: Comparing,
): readonly FieldChange[] {
	const reference = imageReference(project, name, service);
	const isSameTag = !isEdited(edited, 'image') || readText(container.details?.config['Image']) === reference;
	return isSameTag ? imageChange(container, state.images.get(reference)) : [];
}

/** What only inspect shows. */
function shownByHand(
	container: ObservedContainer,
	declared: Declared,
	{ edited, look: { project, state } }: Comparing,
): readonly FieldChange[] {
	const { details, health } = container;
	if (details === undefined) return [];
	const imageConfig = state.images.get(imageReference(project, declared.name, declared.service))?.config ?? {};
	const differences = shownDifferences(container, details, { declared, project, imageConfig });
	const isRenamed = differences.some(({ field }) => field === 'container_name');
	const told = isRenamed ? /^container_name$|\.aliases$/ : /^container_name$/;
	const isByHand = ({ field, isDoubtful }: Shown): boolean =>
		!isDoubtful && !told.test(field) && !isEdited(edited, field);
	return [
		...differences.filter(isByHand).map(asReason),
		...(isEdited(edited, 'networks') ? [] : lostNames(details, declared, project)),
		...(health === 'unhealthy' ? [{ field: 'health', before: 'unhealthy', after: 'healthy' }] : []),
	];
}

/** Connected again by hand, a container has not the names that others find it by. */
function lostNames(details: ContainerDetails, { name, service }: Declared, project: Project): readonly FieldChange[] {
	return Object.keys(service.networks ?? {}).flatMap((key) => {
		const endpoint = details.endpoints[project.networks.get(key)?.name ?? key];
		if (endpoint === undefined || readList(readRecord(endpoint)['Aliases']).includes(name)) return [];
		return [{ field: `networks.${key}`, before: `not known as ${name}`, after: `known as ${name}` }];
	});
}

/** For `up --drift`: why containers that the lists find in order are recreated all the same, by their name. */
export function reasonsOfDrift(drift: readonly Drift[]): ReadonlyMap<string, readonly Reason[]> {
	const byHand = drift.filter(({ mendedBy }) => mendedBy === 'up --drift');
	const groups = Map.groupBy(byHand, ({ container }) => container);
	return new Map(
		[...groups].map(([name, fields]) => [
			name,
			fields.map(({ field, observed, declared }) => ({
				field,
				before: observed,
				after: declared,
				remark: 'changed by hand',
			})),
		]),
	);
}
