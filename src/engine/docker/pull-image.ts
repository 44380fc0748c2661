import type { PullProgress } from '../image-api.ts';
import { registryOf, splitReference } from './convert/image-name.ts';
import { imageUnavailable, orImageUnavailable } from './image-unavailable.ts';
import { openStream } from './open-stream.ts';
import { type PullRecord, PullTally } from './pull-tally.ts';
import type { RegistryCredentials } from './registry-credentials.ts';
import type { EngineSession } from './session.ts';
import { jsonLines } from './streams/json-lines.ts';

export interface PullRequest {
	readonly reference: string;
	onProgress(progress: PullProgress): void;
	readonly signal: AbortSignal;
}

/** Failures after the first byte come as records of the stream, so each record is looked at. */
export async function pullImage(
	session: EngineSession,
	credentials: RegistryCredentials,
	{ reference, onProgress, signal }: PullRequest,
): Promise<void> {
	const { name, tag, digest } = splitReference(reference);
	const call = `pull image \`${reference}\``;
	try {
		const stream = await openStream(session, call, {
			path: '/images/create',
			method: 'POST',
			query: { fromImage: name, tag: digest ?? tag ?? 'latest' },
			auth: await credentials.find(registryOf(reference)),
			signal,
		});
		const tally = new PullTally();
		for await (const record of jsonLines(stream)) {
			const { error } = record as PullRecord;
			if (error !== undefined) throw imageUnavailable({ call, reference, reason: error });
			onProgress(tally.add(record as PullRecord));
		}
	} catch (error) {
		signal.throwIfAborted();
		throw orImageUnavailable(error, { call, reference });
	}
}
