import { isCredential, mask, maskText, maskUrls, maskValues } from '../errors/mask.ts';

/**
 * A text at a place of a project, as it may be shown: `path` is keys, with `*` for items of lists. `secrets` are values
 * that are hidden wherever they stand.
 */
export function redactText(text: string, path: readonly string[], secrets: Iterable<string> = []): string {
	if (text === '') return text;
	if (isSecretContent(path) || (isUsersKey(path) && isCredential(path.at(-1) ?? ''))) return mask;
	return maskUrls(maskText(maskValues(text, secrets)));
}

/** Whether an item of a list is a flag whose value, a credential, is the next item. */
export const isCredentialFlag = (item: unknown): boolean =>
	typeof item === 'string' && /^--?[\w-]+$/.test(item) && /token|pass|secret|key/i.test(item);

const isSecretContent = ([section, , attribute]: readonly string[]): boolean =>
	section === 'secrets' && attribute === 'content';

/** Whether the last key is a name that the user chose: the names of attributes, such as `credential_spec`, say nothing. */
const isUsersKey = (path: readonly string[]): boolean =>
	path.some((key) => key.startsWith('x-')) || userMaps.has(path.at(-2) ?? '');

const userMaps: ReadonlySet<string> = new Set([
	'annotations',
	'args',
	'driver_opts',
	'environment',
	'labels',
	'options',
	'sysctls',
]);
