import { childOf } from '../../document/node.ts';
import { within } from '../canonical/spot.ts';
import { type Decoder, list, structure } from './decoder.ts';
import { anyText, byteSize, filledCount, integer } from './scalars.ts';

/** One device's limit, under the names and with the zeros that docker compose prints. */
const deviceLimit =
	(name: 'rate' | 'weight', printed: string, decode: Decoder, nothing: unknown): Decoder =>
	(node, spot) => {
		const at = (attribute: string, read: Decoder): unknown => {
			const value = childOf(node, attribute);
			return value === undefined ? undefined : read(value, within(spot, attribute));
		};
		return { Path: at('path', anyText) ?? '', [printed]: at(name, decode) ?? nothing };
	};

const rates = list(deviceLimit('rate', 'Rate', byteSize, '0'));

export const decodeBlkio = structure([
	['weight', filledCount],
	['weight_device', list(deviceLimit('weight', 'Weight', integer, 0))],
	['device_read_bps', rates],
	['device_read_iops', rates],
	['device_write_bps', rates],
	['device_write_iops', rates],
]);
