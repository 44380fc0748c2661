export interface ImageName {
	/** Registry and repository, as written. */
	readonly name: string;
	readonly tag?: string;
	readonly digest?: string;
}

/** Cuts a reference where its tag and digest begin. A colon before a slash belongs to the registry's port. */
export function splitReference(reference: string): ImageName {
	const [rest = '', digest] = reference.split('@', 2);
	const colon = rest.lastIndexOf(':');
	const hasTag = colon > rest.lastIndexOf('/');
	return {
		name: hasTag ? rest.slice(0, colon) : rest,
		...(hasTag && { tag: rest.slice(colon + 1) }),
		...(digest !== undefined && { digest }),
	};
}

/** The registry of a reference as docker's settings name it. */
export function registryOf(reference: string): string {
	const [first = '', ...others] = splitReference(reference).name.split('/');
	const isRegistry = others.length > 0 && (/[.:]/.test(first) || first === 'localhost');
	return !isRegistry || first === 'docker.io' || first === 'index.docker.io' ? 'https://index.docker.io/v1/' : first;
}

/** The engine's path for an image. Slashes and colons are part of it; anything that could end it is not. */
export const imagePath = (reference: string): string =>
	`/images/${encodeURIComponent(reference).replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%40', '@')}`;
