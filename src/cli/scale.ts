import { LabcError } from '../errors/labc-error.ts';

/** A service and how many containers it shall have, from `SERVICE=NUM`. */
export function parseScale(text: string): readonly [string, number] {
	const [, service, number] = /^([^=]+)=(\d+)$/.exec(text) ?? [];
	if (service !== undefined && number !== undefined) return [service, Number(number)];
	throw new LabcError('USAGE_INVALID', `invalid scale \`${text}\`: it should be SERVICE=NUM`, {
		hint: 'Write a service and a number, for example `worker=3`.',
	});
}
