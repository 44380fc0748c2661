/** Starts to count the processor's time, which others that run beside don't lengthen. Gives the milliseconds since then. */
export function cpuTimer(): () => number {
	const since = process.cpuUsage();
	return () => {
		const { user, system } = process.cpuUsage(since);
		return (user + system) / 1000;
	};
}
