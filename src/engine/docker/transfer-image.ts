import type { ImageProgress } from '../image-api.ts';
import type { LayerRecord, LayerTally } from './layer-tally.ts';
import { openStream, type StreamRequest } from './open-stream.ts';
import { orRegistryFailure, type RegistryCall, registryFailure } from './registry-failure.ts';
import type { EngineSession } from './session.ts';
import { jsonLines } from './streams/json-lines.ts';

/** What a caller of a pull or a push gives. */
export interface TransferRequest {
	readonly reference: string;
	onProgress(progress: ImageProgress): void;
	readonly signal: AbortSignal;
}

interface Transfer extends RegistryCall, Pick<StreamRequest, 'path' | 'query' | 'auth'> {
	readonly tally: LayerTally;
}

/** Failures after the first byte come as records of the stream, so each record is looked at. */
export async function transferImage(
	session: EngineSession,
	{ call, code, tally, ...request }: Transfer,
	{ onProgress, signal }: TransferRequest,
): Promise<void> {
	try {
		const stream = await openStream(session, call, { ...request, method: 'POST', signal });
		for await (const record of jsonLines(stream)) {
			const { error, status } = record as LayerRecord;
			if (error !== undefined) throw registryFailure({ call, code, reason: error });
			if (status !== undefined) onProgress(tally.add(record as LayerRecord));
		}
	} catch (error) {
		signal.throwIfAborted();
		throw orRegistryFailure(error, { call, code });
	}
}
