import { createJsonRenderer } from './json.ts';
import { createLiveRenderer } from './live.ts';
import { createPlainRenderer } from './plain.ts';
import { createQuietRenderer } from './quiet.ts';
import type { RenderTarget } from './render-target.ts';
import type { Renderer } from './renderer.ts';

export const progressModes = ['auto', 'tty', 'plain', 'json', 'quiet'] as const;
export type ProgressMode = (typeof progressModes)[number];

const renderers: Readonly<Record<Exclude<ProgressMode, 'auto'>, (target: RenderTarget) => Renderer>> = {
	tty: createLiveRenderer,
	plain: createPlainRenderer,
	json: createJsonRenderer,
	quiet: createQuietRenderer,
};

/** Lines that move need a terminal that may be written escapes to; all else reads better as plain lines. */
export function createRenderer(mode: ProgressMode, target: RenderTarget): Renderer {
	const shown = mode === 'auto' ? (target.isTerminal && target.colour ? 'tty' : 'plain') : mode;
	return renderers[shown](target);
}
