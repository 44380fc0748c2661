import type { ContainerSpec } from '../../src/engine/container-api.ts';
import type { Service } from '../../src/model/service.ts';

export type SpecChanges = Partial<Omit<ContainerSpec, 'service'>> & { readonly service?: Partial<Service> };

/** A container of the test image that does nothing; tests say only what matters to them. */
export function containerSpec(name: string, { service, ...changes }: SpecChanges = {}): ContainerSpec {
	return {
		name,
		service: { command: ['sleep', '60'], entrypoint: null, stop_grace_period: '0s', ...service },
		image: 'labc/busybox:latest',
		labels: {},
		networks: [],
		volumeNames: new Map(),
		inheritedVolumes: new Map(),
		...changes,
	};
}
