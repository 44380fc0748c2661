import { createColours } from './colours.ts';
import { formatWarning } from './format-warning.ts';
import type { RenderTarget } from './render-target.ts';
import type { Renderer } from './renderer.ts';

/** Shows no progress. Warnings are no progress: they are still shown. */
export function createQuietRenderer(target: RenderTarget): Renderer {
	const colours = createColours(target.colour);
	return {
		on(event) {
			if (event.type === 'warning') target.write(formatWarning(event, colours, target));
		},
		close: () => target.flushed(),
	};
}
