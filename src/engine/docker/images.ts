import { LabcError } from '../../errors/labc-error.ts';
import type { ImageApi, ImageDescription, ImageDetails, ImageSummary } from '../image-api.ts';
import type { LabelFilter, Labels } from '../labels.ts';
import { imagePath, splitReference } from './convert/image-name.ts';
import { pullImage } from './pull-image.ts';
import { pushImage } from './push-image.ts';
import { filters, withQuery } from './query.ts';
import type { RegistryCredentials } from './registry-credentials.ts';
import { resolveDigest } from './resolve-digest.ts';
import type { EngineSession } from './session.ts';

interface RawImage {
	readonly Id: string;
	readonly Size?: number;
	readonly Os?: string;
	readonly Architecture?: string;
	readonly Variant?: string;
	/** Of engines with the containerd store. */
	readonly Descriptor?: { readonly mediaType?: string };
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

		listImages: (labels) => listImages(session, labels),

		pullImage: (image, onProgress, signal) => pullImage(session, credentials, { ...image, onProgress, signal }),

		pushImage: (reference, onProgress, signal) => pushImage(session, credentials, { reference, onProgress, signal }),

		resolveDigest: (reference, signal) => resolveDigest(session, credentials, { reference, signal }),

		async tagImage(reference, target) {
			const { name, tag } = splitReference(target);
			await session.change(`tag image \`${reference}\` as \`${target}\``, {
				path: `${imagePath(reference)}/tag`,
				query: { repo: name, tag: tag ?? 'latest' },
			});
		},

		async removeImage(reference) {
			await session.change(`remove image \`${reference}\``, { method: 'DELETE', path: imagePath(reference) });
		},
	};
}

interface RawListedImage {
	readonly Id: string;
	readonly RepoTags?: readonly string[] | null;
	readonly Labels?: Labels | null;
}

async function listImages(session: EngineSession, labels: LabelFilter): Promise<readonly ImageSummary[]> {
	const path = withQuery('/images/json', { filters: filters({ label: labels }) });
	const raw = (await session.read('list images', path)) as readonly RawListedImage[];
	return raw.flatMap(({ Id: id, RepoTags: tags, Labels: found }) => {
		const [first, ...others] = (tags ?? []).filter((tag) => tag !== '<none>:<none>');
		return first === undefined ? [] : [{ id, names: [first, ...others] as const, labels: found ?? {} }];
	});
}

async function lookUp(session: EngineSession, reference: string): Promise<RawImage | undefined> {
	try {
		const path = `${imagePath(reference)}/json`;
		return (await session.read(`look up image \`${reference}\``, path)) as RawImage;
	} catch (error) {
		if (error instanceof LabcError && error.code === 'ENGINE_NOT_FOUND') return undefined;
		throw error;
	}
}

const imageDescription = (raw: RawImage): ImageDescription => ({
	id: raw.Id,
	size: raw.Size ?? 0,
	platform: platformOf(raw),
	lastTagged: timeOf(raw.Metadata),
});

const platformOf = ({ Os = '', Architecture = '', Variant = '' }: RawImage): string =>
	[Os, Architecture, Variant].filter((part) => part !== '').join('/');

/** The engine writes the year 1 for never. */
function timeOf(metadata: RawImage['Metadata']): string | undefined {
	const tagged = metadata?.LastTagTime;
	return tagged === undefined || tagged.startsWith('0001-') ? undefined : tagged;
}

function imageDetails(raw: RawImage): ImageDetails {
	const config = raw.Config ?? {};
	const volumes = config['Volumes'];
	const platform = /index|list/.test(raw.Descriptor?.mediaType ?? '') ? '' : platformOf(raw);
	return {
		id: raw.Id,
		labels: raw.Config?.Labels ?? {},
		volumes: typeof volumes === 'object' && volumes !== null ? Object.keys(volumes) : [],
		lastTagged: timeOf(raw.Metadata),
		...(platform !== '' && { platform }),
		config,
	};
}
