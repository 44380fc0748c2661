import { isCredential, mask, maskText, maskUrls } from '../errors/mask.ts';

/** A text at a place of a project, as it may be shown: `path` is keys, with `*` for items of lists. */
export function redactText(text: string, path: readonly string[]): string {
	if (text === '') return text;
	if (isSecretContent(path) || (isUsersKey(path) && isCredential(path.at(-1) ?? ''))) return mask;
	return maskUrls(maskText(text));
}

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
