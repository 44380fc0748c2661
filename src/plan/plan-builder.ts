import type { Diagnostic } from '../errors/diagnostic.ts';
import type { NeededConsent, Operation, Plan, Rollback, Step, StepId } from './plan.ts';

interface StepOptions {
	/** Steps to wait for; undefined entries are left out, so that callers can pass what may not exist. */
	readonly after?: readonly (StepId | undefined)[];
	readonly destroysData?: boolean;
}

/** Collects a plan. Ids rise, so a step can only wait for one that was added before it: a plan has no cycles. */
export interface PlanBuilder {
	add(operation: Operation, reasons: string | readonly string[], options?: StepOptions): StepId;
	warn(warning: Diagnostic): void;
	/** Notes what is left as it is until somebody agrees. */
	ask(consent: NeededConsent): void;
	/** What to do should one of the steps not come about. */
	undo(rollback: Rollback): void;
	build(): Plan;
}

export function planBuilder(): PlanBuilder {
	const steps: Step[] = [];
	const warnings: Diagnostic[] = [];
	const rollbacks: Rollback[] = [];
	const needsConsent: NeededConsent[] = [];
	return {
		add(operation, reasons, { after = [], destroysData = false } = {}) {
			const id = steps.length + 1;
			const dependsOn = [...new Set(after.filter((step) => step !== undefined))].sort((a, b) => a - b);
			const list = typeof reasons === 'string' ? [reasons] : reasons;
			steps.push({ id, operation, dependsOn, reasons: list, ...(destroysData && { destroysData }) });
			return id;
		},
		warn: (warning) => warnings.push(warning),
		ask: (consent) => needsConsent.push(consent),
		undo: (rollback) => rollbacks.push(rollback),
		build: () => ({
			steps,
			...(rollbacks.length > 0 && { rollbacks }),
			warnings,
			...(needsConsent.length > 0 && { needsConsent }),
		}),
	};
}
