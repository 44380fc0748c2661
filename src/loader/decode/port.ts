import { structure } from './decoder.ts';
import { filledInteger, text } from './scalars.ts';

export const decodePort = structure([
	['name', text],
	['mode', text],
	['host_ip', text],
	['target', filledInteger],
	['published', text],
	['protocol', text],
	['app_protocol', text],
]);
