import type { Service } from '../../src/model/service.ts';
import type { RunServiceRequest } from '../../src/use-cases/run-service.ts';

/** A `run` of a service without a terminal that keeps its container, but for what is given. */
export const runRequestFor = (
	serviceName: string,
	service: Service,
	given: Partial<RunServiceRequest> = {},
): RunServiceRequest => ({
	serviceName,
	service,
	slug: 'ab'.repeat(32),
	tty: false,
	input: false,
	detach: false,
	remove: false,
	images: {},
	flushProgress: async () => undefined,
	onDetached: async () => undefined,
	onDetach: () => undefined,
	...given,
});
