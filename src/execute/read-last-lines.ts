import type { ContainerApi, ContainerDetails } from '../engine/container-api.ts';
import { lastLines, lineLimit } from './last-lines.ts';

/** A container that can't give its log soon must not hold back the message about it. */
const timeLimitMs = 2000;

/** The last lines a container wrote, both streams in the engine's order; none where its log can't be read. */
export async function readLastLines(
	engine: Pick<ContainerApi, 'containerLogs'>,
	container: Pick<ContainerDetails, 'id' | 'tty'>,
): Promise<readonly string[]> {
	const chunks: Uint8Array[] = [];
	try {
		const options = { follow: false, tty: container.tty, tail: lineLimit };
		const frames = await engine.containerLogs(container.id, options, AbortSignal.timeout(timeLimitMs));
		for await (const { bytes } of frames) chunks.push(bytes);
	} catch {
		return lastLines(chunks);
	}
	return lastLines(chunks);
}
