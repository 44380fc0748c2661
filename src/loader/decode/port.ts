import { isIP } from '../canonical/ip.ts';
import { type Decoder, refuseValue, structure } from './decoder.ts';
import { filledCount, text, withoutPoint } from './scalars.ts';

/** A host address; a name would have to be looked up, and engines do not. */
const address: Decoder = (node, spot) => {
	const written = text(node, spot);
	if (typeof written === 'string' && !isIP(written)) {
		refuseValue(node, spot, { message: `\`${written}\` is not an IP address`, hint: 'Write an IPv4 or IPv6 address.' });
	}
	return written;
};

export const decodePort = structure([
	['name', text],
	['mode', text],
	['host_ip', address],
	['target', filledCount],
	['published', withoutPoint(text)],
	['protocol', text],
	['app_protocol', text],
]);
