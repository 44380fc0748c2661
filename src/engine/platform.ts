/**
 * Whether an image for `actual` (`linux/arm64/v8`) is one for `wanted` (`linux/arm64`, `arm64`, `linux/aarch64`). An
 * engine that does not say what an image is for has nothing else.
 */
export function isForPlatform(actual: string, wanted: string): boolean {
	if (actual === '') return true;
	const image = partsOf(actual);
	const asked = partsOf(wanted);
	return image.os === asked.os && image.architecture === asked.architecture && image.variant === asked.variant;
}

interface Platform {
	readonly os: string;
	readonly architecture: string;
	readonly variant: string;
}

const aliases: Readonly<Record<string, string>> = {
	x86_64: 'amd64',
	'x86-64': 'amd64',
	aarch64: 'arm64',
	armhf: 'arm',
};

/** What goes without saying. */
const variants: Readonly<Record<string, string>> = { arm64: 'v8', arm: 'v7', amd64: 'v1' };

/** An operating system alone, or an architecture alone, leaves the other unsaid. */
function partsOf(platform: string): Platform {
	const words = platform.toLowerCase().split('/');
	const [os = '', named = '', variant] = words.length === 1 ? ['linux', ...words] : words;
	const architecture = aliases[named] ?? named;
	return { os, architecture, variant: variant || (variants[architecture] ?? '') };
}
