import { LabcError } from '../../errors/labc-error.ts';
import type { ImageApi, ImageDescription, ImageDetails } from '../image-api.ts';
import type { Labels } from '../labels.ts';
import { splitReference } from './convert/image-name.ts';
import { pullImage } from './pull-image.ts';
import type { RegistryCredentials } from './registry-credentials.ts';
import { resolveDigest } from './resolve-digest.ts';
import type { EngineSession } from './session.ts';

interface RawImage {
	readonly Id: string;
	readonly Size?: number;
	readonly Os?: string;
	readonly Architecture?: string;
	readonly Variant?: string;
	readonly Metadata?: { readonly LastTagTime?: string };
	readonly Config?: (Readonly<Record<string, unknown>> & { readonly Labels?: Labels | null }) | null;
}

export function imageApi(session: EngineSession, credentials: RegistryCredentials): ImageApi {
	return {
		async findImage(reference) {
			const raw = await lookUp(session, reference);
			return raw === undefined ? undefined : imageDetails(raw);
		},

		async describeImage(reference) {
			const raw = await lookUp(session, reference);
			return raw === undefined ? undefined : imageDescription(raw);
		},

		pullImage: (reference, onProgress, signal) => pullImage(session, credentials, { reference, onProgress, signal }),

		resolveDigest: (reference, signal) => resolveDigest(session, credentials, { reference, signal }),

		async tagImage(reference, target) {
			const { name, tag } = splitReference(target);
			await session.write(`tag image \`${reference}\` as \`${target}\``, (docker) =>
				docker.getImage(reference).tag({ repo: name, tag: tag ?? 'latest' }),
			);
		},

		async removeImage(reference) {
			await session.write(`remove image \`${reference}\``, (docker) => docker.getImage(reference).remove());
		},
	};
}

async function lookUp(session: EngineSession, reference: string): Promise<RawImage | undefined> {
	try {
		const path = `/images/${encodeReference(reference)}/json`;
		return (await session.read(`look up image \`${reference}\``, path)) as RawImage;
	} catch (error) {
		if (error instanceof LabcError && error.code === 'ENGINE_NOT_FOUND') return undefined;
		throw error;
	}
}

function imageDescription({
	Id,
	Size = 0,
	Os = '',
	Architecture = '',
	Variant = '',
	Metadata,
}: RawImage): ImageDescription {
	const tagged = Metadata?.LastTagTime;
	return {
		id: Id,
		size: Size,
		platform: [Os, Architecture, Variant].filter((part) => part !== '').join('/'),
		lastTagged: tagged === undefined || tagged.startsWith('0001-') ? undefined : tagged,
	};
}

function imageDetails(raw: RawImage): ImageDetails {
	const config = raw.Config ?? {};
	const volumes = config['Volumes'];
	return {
		id: raw.Id,
		labels: raw.Config?.Labels ?? {},
		volumes: typeof volumes === 'object' && volumes !== null ? Object.keys(volumes) : [],
		config,
	};
}

/** Slashes and colons are part of the engine's path; anything that could end the path is not. */
const encodeReference = (reference: string): string =>
	encodeURIComponent(reference).replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%40', '@');
