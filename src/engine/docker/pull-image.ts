import { LabcError } from '../../errors/labc-error.ts';
import type { PullProgress } from '../image-api.ts';
import { registryOf, splitReference } from './convert/image-name.ts';
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
	try {
		const stream = await openStream(session, `pull image \`${reference}\``, {
			path: '/images/create',
			method: 'POST',
			query: { fromImage: name, tag: digest ?? tag ?? 'latest' },
			auth: await credentials.find(registryOf(reference)),
			signal,
		});
		const tally = new PullTally();
		for await (const record of jsonLines(stream)) {
			const { error } = record as PullRecord;
			if (error !== undefined) throw unavailable(reference, error);
			onProgress(tally.add(record as PullRecord));
		}
	} catch (error) {
		signal.throwIfAborted();
		throw isRefusal(error) ? unavailable(reference, error.message, error) : error;
	}
}

const isRefusal = (error: unknown): error is LabcError =>
	error instanceof LabcError && (error.code === 'ENGINE_NOT_FOUND' || error.code === 'ENGINE_REFUSED');

function unavailable(reference: string, reason: string, cause?: unknown): LabcError {
	const text = reason.startsWith('cannot pull') ? reason : `cannot pull image \`${reference}\`: ${reason}`;
	return new LabcError('IMAGE_UNAVAILABLE', text, { cause, hint: hintFor(reference, reason) });
}

function hintFor(reference: string, reason: string): string {
	if (/unauthorized|denied|no basic auth|authentication required/i.test(reason)) {
		return 'Check the name, and log in with `docker login` if the image is private.';
	}
	if (/dial tcp|no such host|timeout|Client\.Timeout|connection refused|lookup /i.test(reason)) {
		return `Check that the engine reaches the registry, or load the image with \`docker load\` as \`${reference}\`.`;
	}
	return 'Check the name and the tag of the image.';
}
