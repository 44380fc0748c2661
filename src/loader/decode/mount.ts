import { structure } from './decoder.ts';
import { byteSize, filledInteger, flag, text } from './scalars.ts';

export const decodeMount = structure([
	['type', text],
	['source', text],
	['target', text],
	['read_only', flag],
	[
		'bind',
		structure([
			['selinux', text],
			['propagation', text],
			['create_host_path', flag],
		]),
	],
	[
		'volume',
		structure([
			['nocopy', flag],
			['subpath', text],
		]),
	],
	[
		'tmpfs',
		structure([
			['size', byteSize],
			['mode', filledInteger],
		]),
	],
]);
