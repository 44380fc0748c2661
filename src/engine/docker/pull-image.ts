import type { PulledImage } from '../image-api.ts';
import { registryOf, splitReference } from './convert/image-name.ts';
import { LayerTally, pulledShare } from './layer-tally.ts';
import type { RegistryCredentials } from './registry-credentials.ts';
import type { EngineSession } from './session.ts';
import { type TransferRequest, transferImage } from './transfer-image.ts';

export async function pullImage(
	session: EngineSession,
	credentials: RegistryCredentials,
	request: TransferRequest & PulledImage,
): Promise<void> {
	const { reference, platform } = request;
	const { name, tag, digest } = splitReference(reference);
	const transfer = {
		call: `pull image \`${reference}\``,
		code: 'IMAGE_UNAVAILABLE',
		path: '/images/create',
		query: { fromImage: name, tag: digest ?? tag ?? 'latest', platform },
		auth: await credentials.find(registryOf(reference)),
		tally: new LayerTally(pulledShare),
	} as const;
	await transferImage(session, transfer, request);
}
