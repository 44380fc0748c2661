import type { Diagnostic } from '../errors/diagnostic.ts';
import type { Emit } from '../events/event.ts';
import type { Plan } from '../plan/plan.ts';

/** Passes on what a load or a plan found worth saying. */
export function tellWarnings(warnings: readonly Diagnostic[], emit: Emit): void {
	for (const { message, at, hint } of warnings) {
		const place = at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `;
		emit({ type: 'warning', message: `${place}${message}`, ...(hint === undefined ? {} : { hint }) });
	}
}

/** Says which volumes stay as they are, for want of a yes. */
export function tellKeptVolumes({ needsConsent = [] }: Plan, emit: Emit): void {
	for (const { name, reasons } of needsConsent) {
		emit({
			type: 'warning',
			message: `volume \`${name}\` keeps its old configuration (${reasons.join('; ')})`,
			hint: 'Run `labc compose up -y` to recreate it; its data will be lost.',
		});
	}
}
