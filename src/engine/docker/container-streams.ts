import type { Duplex } from 'node:stream';
import type { AttachOptions, LogOptions } from '../container-api.ts';
import type { DuplexStream, OutputFrames } from '../streams.ts';
import { openStream } from './open-stream.ts';
import type { EngineSession } from './session.ts';
import { duplexStream } from './streams/duplex-stream.ts';
import { outputFrames } from './streams/output-frames.ts';

export async function attachContainer(
	session: EngineSession,
	id: string,
	{ tty, stdin, detachKeys }: AttachOptions,
): Promise<DuplexStream> {
	const connection = await session.stream(`attach to container \`${session.names.of(id)}\``, (docker) =>
		docker.getContainer(id).attach({
			stream: true,
			stdin,
			stdout: true,
			stderr: true,
			hijack: true,
			...(detachKeys !== undefined && { detachKeys }),
		}),
	);
	return duplexStream(connection as Duplex, { tty });
}

export async function containerLogs(
	session: EngineSession,
	id: string,
	{ follow, tty, tail, timestamps, since, until, signal }: LogOptions & { readonly signal: AbortSignal },
): Promise<OutputFrames> {
	const source = await openStream(session, `read the logs of container \`${session.names.of(id)}\``, {
		path: `/containers/${encodeURIComponent(id)}/logs`,
		query: {
			stdout: '1',
			stderr: '1',
			follow: follow ? '1' : undefined,
			tail: tail === undefined ? undefined : String(tail),
			timestamps: timestamps === true ? '1' : undefined,
			since,
			until,
		},
		signal,
	});
	return outputFrames(source, { tty, isClosed: () => signal.aborted });
}
