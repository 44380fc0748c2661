import { list, map, structure } from './decoder.ts';
import { anyText, byteSize, fileMode, flag, text, textOrNull } from './scalars.ts';

const texts = list(anyText);

const decodeSecretReference = structure([
	['source', text],
	['target', text],
	['uid', text],
	['gid', text],
	['mode', fileMode],
]);

export const decodeBuild = structure([
	['context', text],
	['dockerfile', text],
	['dockerfile_inline', text],
	['args', map(textOrNull)],
	['labels', map(anyText)],
	['cache_from', texts],
	['cache_to', texts],
	['no_cache', flag],
	['pull', flag],
	['extra_hosts', texts],
	['network', text],
	['target', text],
	['secrets', list(decodeSecretReference)],
	['shm_size', byteSize],
	['tags', texts],
	['platforms', texts],
]);
