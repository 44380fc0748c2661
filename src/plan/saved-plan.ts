import { createHash } from 'node:crypto';
import { readRecord } from '../engine/unread.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { GpuMode } from '../gpu/box.ts';
import { label } from '../state/labels.ts';
import { stepSubject } from './format-plan.ts';
import type { Operation, Plan } from './plan.ts';
import type { PlanFacts } from './plan-facts.ts';
import type { UpOptions } from './up-options.ts';

/** The options that decide what a plan holds, as a file keeps them. */
export interface SavedOptions
	extends Pick<
		UpOptions,
		| 'services'
		| 'noDeps'
		| 'recreate'
		| 'alwaysRecreateDeps'
		| 'renewAnonymousVolumes'
		| 'orphans'
		| 'start'
		| 'wait'
		| 'stopTimeoutSeconds'
		| 'hashForm'
	> {
	readonly scale?: Readonly<Record<string, number>>;
	/** Keys of the volumes that it recreates: that was agreed to when it was made. */
	readonly recreateVolumes?: readonly string[];
	readonly mendsDrift?: boolean;
	readonly waitTimeoutSeconds?: number | undefined;
	readonly gpuMode?: GpuMode | undefined;
}

/** A plan in a file: its steps, and all that tells whether it still holds. No definition of a container stands in it. */
export interface SavedPlan {
	readonly kind: 'labc plan';
	/** Of this form; another one is another version's. */
	readonly form: 2;
	readonly project: string;
	readonly options: SavedOptions;
	readonly facts: PlanFacts;
	readonly steps: readonly SavedStep[];
}

interface SavedStep {
	readonly id: number;
	readonly operation: string;
	readonly subject: string;
	readonly dependsOn: readonly number[];
	readonly destroysData: boolean;
	/** Ids of the GPUs that the container gets. */
	readonly gpus?: string;
}

const form = 2;

export const savedSteps = ({ steps }: Plan): readonly SavedStep[] =>
	steps.map(({ id, operation, dependsOn, destroysData = false }) => ({
		id,
		operation: operation.type,
		subject: stepSubject(operation),
		dependsOn,
		destroysData,
		...gpusOf(operation),
	}));

function gpusOf(operation: Operation): Pick<SavedStep, 'gpus'> {
	const gpus = operation.type === 'container.create' ? operation.spec.labels[label.gpuIds] : undefined;
	return gpus === undefined ? {} : { gpus };
}

/** What another plan does in place of what was saved, in words. */
export function movedSteps(before: readonly SavedStep[], now: readonly SavedStep[]): readonly string[] {
	if (JSON.stringify(before) === JSON.stringify(now)) return [];
	const moved = now.flatMap(({ id, subject, gpus }) => {
		const then = before.find((step) => step.id === id && step.subject === subject);
		return then === undefined || then.gpus === gpus
			? []
			: [`GPUs of container ${subject}: ${then.gpus ?? 'none'} → ${gpus ?? 'none'}`];
	});
	return moved.length > 0 ? moved : ['its steps: `up` would do something else now'];
}

/** As the file holds it; a sum over all of it tells where somebody changed it. */
export function writeSavedPlan(plan: Omit<SavedPlan, 'kind' | 'form'>): string {
	const saved: SavedPlan = { kind: 'labc plan', form, ...plan };
	return `${JSON.stringify({ ...saved, sum: sumOf(saved) }, undefined, 2)}\n`;
}

/** Throws where the text is no plan, another version's, or not as it was written. */
export function readSavedPlan(text: string, file: string): SavedPlan {
	const { sum, ...saved } = readRecord(parse(text, file));
	if (saved['kind'] !== 'labc plan') throw unusable(`\`${file}\` is no plan of labc`);
	if (saved['form'] !== form) {
		throw unusable(
			`\`${file}\` was made by another version of labc: its form is ${String(saved['form'])}, this one reads ${form}`,
		);
	}
	if (!isSavedPlan(saved) || sum !== sumOf(saved)) throw unusable(`\`${file}\` was changed since it was made`);
	return saved;
}

function parse(text: string, file: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw unusable(`\`${file}\` is no plan of labc`);
	}
}

const sumOf = (saved: object): string => createHash('sha256').update(JSON.stringify(saved)).digest('hex');

/** The sum vouches for what is inside. */
const isSavedPlan = (saved: object): saved is SavedPlan =>
	'project' in saved && 'options' in saved && 'facts' in saved && 'steps' in saved;

const unusable = (message: string): LabcError =>
	new LabcError('PLAN_INVALID', message, { hint: 'Make it again with `labc compose plan -o FILE`.' });
