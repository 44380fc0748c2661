import { registryOf } from './convert/image-name.ts';
import type { RegistryCredentials } from './registry-credentials.ts';
import { orRegistryFailure } from './registry-failure.ts';
import type { EngineSession } from './session.ts';

/** Asks the image's registry, through the engine, for the digest of what `reference` means now. */
export async function resolveDigest(
	session: EngineSession,
	credentials: RegistryCredentials,
	{ reference, signal }: { readonly reference: string; readonly signal: AbortSignal },
): Promise<string> {
	const call = `look up the digest of image \`${reference}\``;
	const auth = await credentials.find(registryOf(reference));
	try {
		return await session.stream(call, async (docker) => {
			const answer = await docker.getImage(reference).distribution({ authconfig: auth });
			return answer.Descriptor.digest;
		});
	} catch (error) {
		signal.throwIfAborted();
		throw orRegistryFailure(error, { call, code: 'IMAGE_UNAVAILABLE' });
	}
}
