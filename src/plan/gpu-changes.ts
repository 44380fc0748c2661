import type { GpuTerms } from '../gpu/holder.ts';
import { formatByteSize } from '../model/byte-size.ts';
import { label } from '../state/labels.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Need } from './gpu-needs.ts';
import { type Reason, reasonText } from './reason.ts';

/**
 * Why a container can't keep the GPUs that it has, or has not: it was made on other terms than the file's, which stand
 * in no hash. Of one that labc gave none, because it was not to or because it did not make it, nothing is known.
 */
export function gpuChanges(
	{ labels }: Pick<ObservedContainer, 'labels'>,
	{ terms }: Pick<Need, 'terms'>,
): readonly string[] {
	const ids = labels[label.gpuIds];
	if (ids === undefined) return labels[label.gpuAllot] === 'false' ? [allotChange('false', 'true')] : [];
	if (ids === 'none') return withoutReasons;
	const recorded = Number(labels[label.gpuMemory]);
	const before: GpuTerms = { share: labels[label.gpuShare] === 'true', ...(recorded > 0 && { memory: recorded }) };
	return [
		...(before.share === terms.share ? [] : [change('share', String(before.share), String(terms.share))]),
		...(before.memory === terms.memory ? [] : [change('memory', sizeText(before.memory), sizeText(terms.memory))]),
	].map(reasonText);
}

export const withoutReasons = [reasonText({ field: 'gpus', words: 'it was made to go without' })] as const;

/** Of a service whose GPUs labc is not to choose any more. */
export const unwantedChoice = ({ labels }: Pick<ObservedContainer, 'labels'>): readonly string[] =>
	labels[label.gpuIds] === undefined ? [] : [allotChange('true', 'false')];

const change = (setting: string, before: string, after: string): Reason => ({
	field: `x-labc.gpu.${setting}`,
	before,
	after,
});

const allotChange = (before: string, after: string): string => reasonText(change('allot', before, after));

const sizeText = (bytes: number | undefined): string =>
	bytes === undefined ? '(none)' : formatByteSize(BigInt(bytes));
