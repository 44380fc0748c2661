import { LabcError } from '../../../errors/labc-error.ts';
import type { Healthcheck } from '../../../model/healthcheck.ts';
import { compareApiVersions } from '../api-version.ts';
import { nanoseconds } from './numbers.ts';

const startIntervalSince = '1.44';

/** The engine's form of a health check. What is absent is taken from the image. */
export function healthcheckBody(check: Healthcheck, apiVersion: string) {
	if (check.disable === true) return { Test: ['NONE'] };
	if (check.start_interval !== undefined && compareApiVersions(apiVersion, startIntervalSince) < 0) {
		throw new LabcError(
			'ENGINE_UNSUPPORTED',
			`\`healthcheck.start_interval\` needs API version \`${startIntervalSince}\`, the engine speaks \`${apiVersion}\``,
			{ hint: 'Update the engine to Docker 25 or newer, or leave the attribute out.' },
		);
	}
	if (check.start_interval !== undefined && check.start_period === undefined) {
		throw new LabcError('VALUE_INVALID', '`healthcheck.start_interval` is there without `healthcheck.start_period`', {
			hint: 'Write `start_period`, the time in which checks run that often.',
		});
	}
	return {
		...(check.test !== undefined && { Test: [...check.test] }),
		...(check.interval !== undefined && { Interval: nanoseconds(check.interval) }),
		...(check.timeout !== undefined && { Timeout: nanoseconds(check.timeout) }),
		...(check.retries !== undefined && { Retries: check.retries }),
		...(check.start_period !== undefined && { StartPeriod: nanoseconds(check.start_period) }),
		...(check.start_interval !== undefined && { StartInterval: nanoseconds(check.start_interval) }),
	};
}
