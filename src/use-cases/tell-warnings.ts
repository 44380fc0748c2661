import type { Diagnostic } from '../errors/diagnostic.ts';
import type { Emit } from '../events/event.ts';

/** Passes on what a load or a plan found worth saying. */
export function tellWarnings(warnings: readonly Diagnostic[], emit: Emit): void {
	for (const { message, at, hint } of warnings) {
		const place = at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `;
		emit({ type: 'warning', message: `${place}${message}`, ...(hint === undefined ? {} : { hint }) });
	}
}
