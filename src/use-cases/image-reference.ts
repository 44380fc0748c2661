import { LabcError } from '../errors/labc-error.ts';

/** The reference in full, as registries know it: `nginx` is `docker.io/library/nginx:latest`. A digest stands for the tag. */
export function fullReference(reference: string): string {
	const [rest = '', digest] = reference.split('@', 2);
	const colon = rest.lastIndexOf(':');
	const hasTag = colon > rest.lastIndexOf('/');
	const name = fullName(hasTag ? rest.slice(0, colon) : rest);
	if (!namePattern.test(name)) {
		throw new LabcError('VALUE_INVALID', `\`${reference}\` is not the name of an image`, {
			hint: 'Write it in lower case, as `[REGISTRY/]NAME[:TAG]`.',
		});
	}
	return digest === undefined ? `${name}:${hasTag ? rest.slice(colon + 1) : 'latest'}` : `${name}@${digest}`;
}

const namePattern = /^[\w.-]+(?::\d+)?(?:\/[a-z\d]+(?:(?:\.|_{1,2}|-+)[a-z\d]+)*)+$/;

function fullName(name: string): string {
	const [first = '', ...others] = name.split('/');
	const isRegistry = others.length > 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
	if (!isRegistry) return others.length > 0 ? `docker.io/${name}` : `docker.io/library/${name}`;
	if (first !== 'index.docker.io' && first !== 'docker.io') return name;
	return others.length > 1 ? `docker.io/${others.join('/')}` : `docker.io/library/${others.join('/')}`;
}
