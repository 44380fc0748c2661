import { map, structure } from './decoder.ts';
import { anyText, byteSize, filledCount, flag, text } from './scalars.ts';

export const decodeMount = structure([
	['type', text],
	['source', text],
	['target', text],
	['read_only', flag],
	['consistency', text],
	[
		'bind',
		structure([
			['selinux', text],
			['propagation', text],
			['create_host_path', flag],
			['recursive', text],
		]),
	],
	[
		'volume',
		structure([
			['labels', map(anyText)],
			['nocopy', flag],
			['subpath', text],
		]),
	],
	[
		'tmpfs',
		structure([
			['size', byteSize],
			['mode', filledCount],
		]),
	],
	['image', structure([['subpath', text]])],
]);
