import type { ContainerSpec } from '../../../src/engine/container-api.ts';
import type { ContainerReference, Operation, Step, StepId } from '../../../src/plan/plan.ts';

/** A step as tests write it: most only care for its id and what it waits for. */
export const step = (id: StepId, dependsOn: readonly StepId[] = [], operation?: Operation): Step => ({
	id,
	operation: operation ?? { type: 'volume.remove', key: `v${id}`, name: `v${id}` },
	dependsOn,
	reasons: ['not found'],
});

export const spec = (over: Partial<ContainerSpec> = {}): ContainerSpec => ({
	name: 'lab-web-1',
	service: { command: null, entrypoint: null, image: 'busybox' },
	image: 'busybox',
	labels: {
		'com.docker.compose.project': 'lab',
		'com.docker.compose.service': 'web',
		'com.docker.compose.container-number': '1',
		'com.docker.compose.config-hash': 'cafe',
		'com.docker.compose.oneoff': 'False',
	},
	networks: [],
	volumeNames: new Map(),
	inheritedVolumes: new Map(),
	...over,
});

export const create = (over: Partial<ContainerSpec> = {}, replaces?: string): Operation => ({
	type: 'container.create',
	service: 'web',
	spec: spec(over),
	...(replaces === undefined ? {} : { replaces }),
});

export const start = (container: ContainerReference, service = 'web'): Operation => ({
	type: 'container.start',
	service,
	container,
});

export const stop = (container: ContainerReference): Operation => ({
	type: 'container.stop',
	service: 'web',
	container,
});

export const remove = (container: ContainerReference): Operation => ({
	type: 'container.remove',
	service: 'web',
	container,
	force: false,
	volumes: false,
});

export const rename = (container: ContainerReference, to: string): Operation => ({
	type: 'container.rename',
	service: 'web',
	container,
	to,
});

export const pull = (image: string): Operation => ({ type: 'image.pull', service: 'web', image });
