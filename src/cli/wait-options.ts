interface WaitValues {
	readonly wait?: boolean | undefined;
	readonly 'wait-timeout'?: number | undefined;
}

/** Whether a command waits until services are up, and for how long: without end where the time is no time. */
export const waitOptions = (values: WaitValues) => ({
	wait: waits(values),
	waitTimeoutSeconds: (values['wait-timeout'] ?? 0) > 0 ? values['wait-timeout'] : undefined,
});

/** A time to wait for asks for waiting. */
export const waits = (values: WaitValues): boolean => values.wait ?? values['wait-timeout'] !== undefined;
