import type { ContainerSpec, GpuGrant } from '../engine/container-api.ts';
import type { Labels } from '../engine/labels.ts';
import { describeUnits } from '../gpu/describe.ts';
import type { GpuTerms } from '../gpu/holder.ts';
import type { GpuUnit } from '../gpu/inventory.ts';
import { gpuForms, gpusForm, reservedForm } from '../gpu/service-wish.ts';
import { asksForGpus, type GpuWish, isNvidiaRuntime, noDevices, visibleDevices } from '../gpu/wish.ts';
import type { Service } from '../model/service.ts';
import { label } from '../state/labels.ts';
import { declaredDevices } from './compared-parts.ts';
import { chosenRequests } from './gpu-requests.ts';
import { oneOffNumber } from './links.ts';

/** What one container gets of GPUs, for its definition, its labels and the reader of the plan. */
export interface Grant {
	/** Absent where the service's own words already say what it gets. */
	readonly gpus?: GpuGrant;
	readonly labels: Labels;
	readonly reason: string;
}

export interface GrantRequest {
	readonly wish: GpuWish;
	readonly terms: GpuTerms;
	readonly user: string | undefined;
}

/** The units that were chosen, in the way in which the service asks. */
export function grantOf(service: Service, units: readonly GpuUnit[], request: GrantRequest): Grant {
	const { wish, terms, user } = request;
	const isTwice = reservedForm(service).some(asksForGpus) && gpusForm(service).length > 0;
	const gpus = isForLabc(service, wish, isTwice) ? { requests: chosenRequests(service, units, wish) } : undefined;
	return {
		...(gpus !== undefined && { gpus }),
		labels: {
			[label.gpuIds]: units.map(({ id }) => id).join(' '),
			[label.gpuPlaces]: units.map(({ index }) => index).join(' '),
			...(terms.share && { [label.gpuShare]: 'true' }),
			...(terms.memory !== undefined && { [label.gpuMemory]: String(terms.memory) }),
			...(user !== undefined && { [label.gpuUser]: user }),
			...(gpus !== undefined && askedLabel(service)),
		},
		reason: `${wish.observes ? 'looks at' : 'gets'} ${describeUnits(units)}${isTwice && !wish.observes ? onceWords : ''}`,
	};
}

/** Whether the engine is asked for something else than what the file says. */
const isForLabc = (service: Service, { all, count, observes }: GpuWish, isTwice: boolean): boolean =>
	!observes && (isTwice || (gpuForms(service).length > 0 && !all && count > 0));

const onceWords = ', once: `gpus` and `deploy` both ask for them';

/** A container that does without. `runtime` is the engine's usual one, by which an image may see GPUs that nobody asked for. */
export function nothingGranted(service: Service, runtime: string | undefined): Grant {
	const hidesAll = isNvidiaRuntime(runtime) && (service.runtime === undefined || isNvidiaRuntime(service.runtime));
	return {
		gpus: { requests: [], ...(hidesAll && { hidesAll }) },
		labels: { [label.gpuIds]: 'none', ...(gpuForms(service).length > 0 && askedLabel(service)) },
		reason: `gets no GPU${hidesAll ? `: ${visibleDevices} is set to ${noDevices}` : ''}`,
	};
}

/** Labc is not to choose: the engine is asked as the file asks. */
export const notChosen: Grant = {
	labels: { [label.gpuAllot]: 'false' },
	reason: 'gets what the engine gives, as `allot: false` asks',
};

/** In a plan of who would wait, which is only shown. */
export const notYetGranted: Grant = { labels: {}, reason: 'gets GPUs when they come free' };

const askedLabel = (service: Service): Labels => ({
	[label.gpuAsked]: (declaredDevices(service) ?? '').replaceAll(', ', '; '),
});

/** The definition with what the container gets. The config hash is that of what the file says, as ever. */
export const withGrant = (spec: ContainerSpec, grant: Grant | undefined): ContainerSpec =>
	grant === undefined
		? spec
		: {
				...spec,
				labels: { ...spec.labels, ...grant.labels },
				...(grant.gpus !== undefined && { gpus: grant.gpus }),
			};

/** Whose grant it is. */
export const grantKey = (service: string, number: number): string =>
	number === oneOffNumber ? `${service} (one-off)` : `${service}-${number}`;
