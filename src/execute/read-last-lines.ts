import type { ContainerApi, ContainerDetails } from '../engine/container-api.ts';
import { lastLines, lineLimit } from './last-lines.ts';

/** A container that can't give its log soon must not hold back the message about it. */
const timeLimitMs = 2000;

/** Some engines note the start a little after the program has begun to write. */
const startSlackMs = 50;

/**
 * The last lines a container wrote since its last start, both streams in the engine's order; those of earlier runs
 * where there are none, and none where its log can't be read.
 */
export async function readLastLines(
	engine: Pick<ContainerApi, 'containerLogs'>,
	container: Pick<ContainerDetails, 'id' | 'tty' | 'state'>,
): Promise<readonly string[]> {
	const since = sinceStart(container);
	const own = since === undefined ? [] : await readLines(engine, container, since);
	return own.length > 0 ? own : readLines(engine, container);
}

/** As the engine takes it: seconds with decimals. */
function sinceStart({ state: { startedAt } }: Pick<ContainerDetails, 'state'>): string | undefined {
	const startMs = Date.parse(startedAt ?? '');
	return Number.isNaN(startMs) ? undefined : ((startMs - startSlackMs) / 1000).toFixed(3);
}

async function readLines(
	engine: Pick<ContainerApi, 'containerLogs'>,
	container: Pick<ContainerDetails, 'id' | 'tty'>,
	since?: string,
): Promise<readonly string[]> {
	const chunks: Uint8Array[] = [];
	try {
		const options = { follow: false, tty: container.tty, tail: lineLimit, ...(since !== undefined && { since }) };
		const frames = await engine.containerLogs(container.id, options, AbortSignal.timeout(timeLimitMs));
		for await (const { bytes } of frames) chunks.push(bytes);
	} catch {
		return lastLines(chunks);
	}
	return lastLines(chunks);
}
