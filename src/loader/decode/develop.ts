import { type Decoder, list, structure } from './decoder.ts';
import { decodeHook } from './hook.ts';
import { anyText, flag, text } from './scalars.ts';

const texts = list(anyText);

const attributes = structure([
	['path', text],
	['action', text],
	['target', text],
	['exec', decodeHook],
	['include', texts],
	['ignore', texts],
	['initial_sync', flag],
]);

/** A rule's command is printed even where there is none; it stands after the target. */
const watchRule: Decoder = (node, spot) => {
	const { path, action, target, exec = { command: null }, ...rest } = attributes(node, spot) as Record<string, unknown>;
	return { path, action, ...(target === undefined ? {} : { target }), exec, ...rest };
};

export const decodeDevelop = structure([['watch', list(watchRule)]]);
