import { words } from './command.ts';
import { map, structure } from './decoder.ts';
import { flag, text, textOrNull } from './scalars.ts';

/** A command at one point of a container's life. */
export const decodeHook = structure([
	['command', words],
	['image', text],
	['user', text],
	['privileged', flag],
	['working_dir', text],
	['environment', map(textOrNull)],
]);
