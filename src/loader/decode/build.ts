import { type Decoder, list, map, structure } from './decoder.ts';
import { decodeFileReference } from './file-reference.ts';
import { anyText, byteSize, flag, text, textOrNull } from './scalars.ts';
import { decodeUlimits } from './ulimits.ts';

const texts = list(anyText);

/** `default`, or a name and its path as `name=path`. */
const sshKeys: Decoder = (node, spot) => {
	const keys = map(textOrNull)(node, spot) as Readonly<Record<string, string | null>> | undefined;
	return keys && Object.entries(keys).map(([name, path]) => (path === null ? name : `${name}=${path}`));
};

export const decodeBuild = structure([
	['context', text],
	['dockerfile', text],
	['dockerfile_inline', text],
	['entitlements', texts],
	['args', map(textOrNull)],
	['provenance', text],
	['sbom', text],
	['ssh', sshKeys],
	['labels', map(anyText)],
	['cache_from', texts],
	['cache_to', texts],
	['no_cache', flag],
	['additional_contexts', map(anyText)],
	['pull', flag],
	['extra_hosts', texts],
	['isolation', text],
	['network', text],
	['target', text],
	['secrets', list(decodeFileReference)],
	['shm_size', byteSize],
	['tags', texts],
	['ulimits', decodeUlimits],
	['platforms', texts],
	['privileged', flag],
]);
