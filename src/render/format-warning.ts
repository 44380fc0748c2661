import type { Colours } from './colours.ts';
import { escapeControl } from './escape-control.ts';
import type { RenderTarget } from './render-target.ts';
import { wrapText } from './wrap-text.ts';

interface Warning {
	readonly message: string;
	readonly hint?: string | undefined;
}

/** A warning as people read it: further lines and its hint below the first. On a terminal it is wrapped between words. */
export function formatWarning(
	{ message, hint }: Warning,
	colours: Colours,
	target: Pick<RenderTarget, 'isTerminal' | 'size'>,
): string {
	const columns = target.isTerminal ? target.size().columns : Number.POSITIVE_INFINITY;
	const [first = '', ...more] = escapeControl(message).split('\n');
	const lines = [
		`${colours.yellow('warning:')} ${wrapText(first, columns, 'warning: '.length)}`,
		...more.map((line) => `  ${wrapText(line, columns - 2, 2)}`.replaceAll('\n', '\n  ')),
		...(hint === undefined
			? []
			: [`  ${colours.cyan('hint:')} ${wrapText(escapeControl(hint), columns, '  hint: '.length)}`]),
	];
	return `${lines.join('\n')}\n`;
}
