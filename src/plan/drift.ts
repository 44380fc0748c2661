import type { ContainerDetails } from '../engine/container-api.ts';
import type { Project } from '../model/project.ts';
import { imageReference } from '../state/names.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import { shownDifferences, shownValue } from './explain-change.ts';
import type { Drift, Plan, Step } from './plan.ts';
import { selectServices } from './select-services.ts';
import { readList, readRecord } from './unread.ts';
import type { UpOptions } from './up-options.ts';

/**
 * What is not as it was declared, field by field. What the lists show is in the `up` plan already; the rest is found
 * in the containers that it leaves as they are, as far as they were inspected.
 */
export function findDrift(
	project: Project,
	state: ObservedState,
	{ plan, options = {} }: { readonly plan: Plan; readonly options?: UpOptions },
): readonly Drift[] {
	const selected = selectServices(project, options);
	const exchanged = new Set(plan.steps.flatMap(({ operation }) => exchangedBy(operation)));
	const byHand = state.containers.flatMap((container) => {
		const service = selected.get(container.service);
		if (service === undefined || container.oneOff || exchanged.has(container.id)) return [];
		return changesByHand(container, { name: container.service, service }, { project, state });
	});
	return [...plan.steps.flatMap((step) => shownByLists(step, state)), ...byHand].sort(byContainer);
}

const byContainer = (a: Drift, b: Drift): number =>
	a.container < b.container ? -1 : Number(a.container > b.container);

/** Containers that are gone when the plan was carried out. */
function exchangedBy(operation: Step['operation']): readonly string[] {
	if (operation.type === 'container.create') return operation.replaces === undefined ? [] : [operation.replaces];
	return operation.type === 'container.remove' && 'id' in operation.container ? [operation.container.id] : [];
}

/** One entry a reason of the steps that begin what `up` does to a container. */
function shownByLists({ operation, reasons }: Step, { containers }: ObservedState): readonly Drift[] {
	if (operation.type === 'container.create') {
		const old = containers.find(({ id }) => id === operation.replaces);
		const of = { service: operation.service, container: old?.name ?? operation.spec.name, mendedBy: 'up' } as const;
		if (old === undefined) return [{ ...of, field: 'container', observed: '(not found)', declared: 'running' }];
		return reasons.map((reason) => ({ ...of, ...readReason(reason) }));
	}
	if (!('container' in operation && 'service' in operation) || !('id' in operation.container)) return [];
	const { id } = operation.container;
	const found = containers.find((container) => container.id === id);
	const words = firstWords[operation.type];
	if (found === undefined || words === undefined || reasons.some((reason) => isFollowUp.test(reason))) return [];
	const of = { service: operation.service, container: found.name, mendedBy: 'up' } as const;
	return [{ ...of, ...words(reasons[0] ?? '', operation) }];
}

type Words = Pick<Drift, 'field' | 'observed' | 'declared'>;

/** Steps that follow from another one of the same plan say so. */
const isFollowUp = /^(replaced|takes |stopped by this plan|its network|an earlier|.* is recreated$)/;

const firstWords: Readonly<
	Partial<Record<Step['operation']['type'], (reason: string, operation: Step['operation']) => Words>>
> = {
	'container.start': (reason) => ({ field: 'state', observed: reason, declared: 'running' }),
	'container.unpause': (reason) => ({ field: 'state', observed: reason, declared: 'running' }),
	'container.rename': (_, operation) => ({
		field: 'container_name',
		observed: 'container' in operation ? operation.container.name : '',
		declared: 'to' in operation ? operation.to : '',
	}),
	'container.remove': (reason) => ({ field: 'container', observed: 'running', declared: `(none), ${reason}` }),
};

/** `image: a → b` */
function readReason(reason: string): Words {
	const [, field = reason, rest = ''] = /^(.*?): (.*)$/s.exec(reason) ?? [];
	const [observed = rest, declared] = rest.split(' → ');
	return { field, observed, declared: declared ?? '(as declared)' };
}

function changesByHand(
	container: ObservedContainer,
	declared: Declared,
	{ project, state }: { readonly project: Project; readonly state: ObservedState },
): readonly Drift[] {
	const { details } = container;
	if (details === undefined) return [];
	const imageConfig = state.images.get(imageReference(project, declared.name, declared.service))?.config ?? {};
	const differences = shownDifferences(container, details, { declared, project, imageConfig });
	const of = { service: declared.name, container: container.name, mendedBy: 'up --drift' } as const;
	const isRenamed = differences.some(({ field }) => field === 'container_name');
	return [
		...differences
			.filter(
				({ field, isDoubtful }) =>
					!isDoubtful && !(isRenamed ? /^container_name$|\.aliases$/ : /^container_name$/).test(field),
			)
			.map(({ field, before, after }) => ({
				...of,
				field,
				observed: shownValue(before),
				declared: shownValue(after),
			})),
		...lostNames(details, declared, project).map((words) => ({ ...of, ...words })),
		...(container.health === 'unhealthy'
			? [{ ...of, field: 'health', observed: 'unhealthy', declared: 'healthy' }]
			: []),
	];
}

/** Connected again by hand, a container has not the names that others find it by. */
function lostNames(details: ContainerDetails, { name, service }: Declared, project: Project): readonly Words[] {
	return Object.keys(service.networks ?? {}).flatMap((key) => {
		const endpoint = details.endpoints[project.networks.get(key)?.name ?? key];
		if (endpoint === undefined) return [];
		const aliases = readList(readRecord(endpoint)['Aliases']);
		if (aliases.includes(name)) return [];
		return [{ field: `networks.${key}`, observed: `not known as ${name}`, declared: `known as ${name}` }];
	});
}

/** For `up --drift`: why containers that the lists find in order are recreated all the same, by their name. */
export function reasonsOfDrift(drift: readonly Drift[]): ReadonlyMap<string, readonly string[]> {
	const byHand = drift.filter(({ mendedBy }) => mendedBy === 'up --drift');
	const groups = Map.groupBy(byHand, ({ container }) => container);
	return new Map(
		[...groups].map(([name, fields]) => [
			name,
			fields.map(({ field, observed, declared }) => `${field}: ${observed} → ${declared} (changed by hand)`),
		]),
	);
}
