import type { RenderTarget } from '../../src/render/render-target.ts';

/** A render target that keeps what is written. */
export function recordingTarget(
	options: Partial<Pick<RenderTarget, 'colour' | 'isTerminal'>> & { columns?: number } = {},
) {
	let written = '';
	const target: RenderTarget = {
		write(text) {
			written += text;
		},
		flushed: async () => undefined,
		size: () => ({ columns: options.columns ?? 80, rows: 24 }),
		isTerminal: options.isTerminal ?? false,
		colour: options.colour ?? false,
	};
	return { target, written: () => written };
}
