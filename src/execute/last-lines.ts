/** As many lines of an output as a message can bear. */
export const lineLimit = 20;

/** The last lines of what was written, in order. */
export function lastLines(chunks: readonly Uint8Array[]): readonly string[] {
	const decoder = new TextDecoder();
	const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
	const lines = text.replaceAll('\r\n', '\n').trimEnd();
	return lines === '' ? [] : lines.split('\n').slice(-lineLimit);
}
