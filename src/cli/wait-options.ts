import { LabcError } from '../errors/labc-error.ts';

interface WaitValues {
	readonly wait?: boolean | undefined;
	readonly 'wait-timeout'?: number | undefined;
}

/** Whether a command waits until services are up, and for how long. A time to wait for asks for waiting. */
export const waitOptions = (values: WaitValues) => ({
	wait: waits(values),
	waitTimeoutSeconds: positive('--wait-timeout', values['wait-timeout']),
});

export const waits = (values: WaitValues): boolean => values.wait ?? values['wait-timeout'] !== undefined;

/** A number of seconds that is enough; undefined where the flag was not given. */
export function positive(flag: string, value: number | undefined, least = 1): number | undefined {
	if (value === undefined || value >= least) return value;
	throw new LabcError('USAGE_INVALID', `\`${flag}\` takes a number of seconds of at least ${least}, not \`${value}\``, {
		hint: `Leave \`${flag}\` out, or give it more time.`,
	});
}
