import { LabcError } from '../../../errors/labc-error.ts';
import { parseByteSize } from '../../../model/byte-size.ts';
import { parseDuration } from '../../../model/duration.ts';

/** A size as the engine takes it. The model's texts are checked when they are loaded. */
export function bytes(text: string): number {
	const size = parseByteSize(text);
	if (size === undefined) throw new LabcError('VALUE_INVALID', `\`${text}\` is no size`);
	return Number(size);
}

/** A duration in nanoseconds, as the engine takes it. */
export function nanoseconds(text: string): number {
	const duration = parseDuration(text);
	if (duration === undefined) throw new LabcError('VALUE_INVALID', `\`${text}\` is no duration`);
	return Number(duration);
}
