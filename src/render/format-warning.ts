import type { Colours } from './colours.ts';
import { escapeControl } from './escape-control.ts';

/** A warning as people read it: further lines and its hint below the first. */
export function formatWarning(
	{ message, hint }: { readonly message: string; readonly hint?: string | undefined },
	colours: Colours,
): string {
	const first = `${colours.yellow('warning:')} ${escapeControl(message).replaceAll('\n', '\n  ')}\n`;
	return hint === undefined ? first : `${first}  ${colours.cyan('hint:')} ${escapeControl(hint)}\n`;
}
