/** What a live picture needs of the terminal. */
export interface LiveScreenHost {
	/** Resolves when the text is taken, in the order of the calls. */
	write(text: string): Promise<void>;
	/** For the last moment of the process. */
	writeAtOnce(text: string): void;
	/** Calls back when the process ends in whatever way it can still notice; gives a way to stop that. */
	onEnd(listener: () => void): () => void;
}

export interface LiveScreen {
	draw(lines: readonly string[]): Promise<void>;
	/** The terminal shows again what it showed before. */
	close(): Promise<void>;
}

const esc = '\u001b';
/** The screen that programs like editors use, without a cursor. */
const enter = `${esc}[?1049h${esc}[?25l`;
const leave = `${esc}[?25h${esc}[?1049l`;
const home = `${esc}[H`;
const eraseToLineEnd = `${esc}[K`;
const eraseBelow = `${esc}[J`;

/**
 * Pictures one over the other, each in a single write: nothing is erased before the new one stands there, so that
 * nothing flickers.
 */
export async function openLiveScreen(host: LiveScreenHost): Promise<LiveScreen> {
	const unlisten = host.onEnd(() => host.writeAtOnce(leave));
	await host.write(enter);
	return {
		draw: (lines) => host.write(`${home}${lines.map((line) => `${line}${eraseToLineEnd}`).join('\r\n')}${eraseBelow}`),
		async close() {
			await host.write(leave);
			unlisten();
		},
	};
}
