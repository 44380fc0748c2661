import { imagePath, registryOf, splitReference } from './convert/image-name.ts';
import { LayerTally, pushedShare } from './layer-tally.ts';
import type { RegistryCredentials } from './registry-credentials.ts';
import { registryFailure } from './registry-failure.ts';
import type { EngineSession } from './session.ts';
import { type TransferRequest, transferImage } from './transfer-image.ts';

/** Without a tag the engine would push all tags that there are, and old engines take no push without credentials. */
export async function pushImage(
	session: EngineSession,
	credentials: RegistryCredentials,
	request: TransferRequest,
): Promise<void> {
	const { reference } = request;
	const { name, tag = 'latest', digest } = splitReference(reference);
	const failing = { call: `push image \`${reference}\``, code: 'PUSH_FAILED' } as const;
	if (digest !== undefined) throw registryFailure({ ...failing, reason: 'what a digest names can only be pulled' });
	const transfer = {
		...failing,
		path: `${imagePath(name)}/push`,
		query: { tag },
		auth: (await credentials.find(registryOf(reference))) ?? {},
		tally: new LayerTally(pushedShare),
	};
	await transferImage(session, transfer, request);
}
