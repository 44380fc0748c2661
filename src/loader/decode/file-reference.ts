import { structure } from './decoder.ts';
import { fileMode, text, withoutPoint } from './scalars.ts';

/** A secret or config and the file it becomes. */
export const decodeFileReference = structure([
	['source', text],
	['target', text],
	['uid', text],
	['gid', text],
	['mode', withoutPoint(fileMode)],
]);
