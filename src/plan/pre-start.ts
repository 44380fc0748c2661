import type { ContainerSpec } from '../engine/container-api.ts';
import type { Hook } from '../model/hook.ts';
import type { Service } from '../model/service.ts';
import { hookLabels, label } from '../state/labels.ts';
import { containerName, hookName } from '../state/names.ts';
import { specBasis } from './container-spec.ts';
import type { Declared } from './declared.ts';
import { endpointsOf } from './endpoints.ts';
import { type Grant, grantKey, withGrant } from './gpu-grant.ts';
import type { ContainerReference, StepId } from './plan.ts';
import { numberOf, numbersMade } from './service-decision.ts';
import type { UpContext } from './up-context.ts';

/**
 * Adds the service's `pre_start` hooks, once for all of its containers: each runs in a container of its own that has
 * the mounts and networks of `container`, and is removed when it has ended well. Gives the step after which a
 * container may be started for the first time.
 */
export function planPreStart(
	container: ContainerReference,
	after: readonly (StepId | undefined)[],
	request: PreStartRequest,
): StepId | undefined {
	const { name, service, context } = request;
	const known = context.preStarts.get(name);
	if (known !== undefined) return known;
	let last: StepId | undefined;
	for (const [index, hook] of (service.pre_start ?? []).entries()) {
		const waits = last === undefined ? after : [last];
		last = planRunner({ hook, index, container, after: waits }, request);
	}
	if (last !== undefined) context.preStarts.set(name, last);
	return last;
}

export interface PreStartRequest extends Declared {
	readonly context: UpContext;
}

interface Runner {
	readonly hook: Hook;
	readonly index: number;
	/** The container of the service whose mounts it has. */
	readonly container: ContainerReference;
	readonly after: readonly (StepId | undefined)[];
}

function planRunner({ hook, index, container, after }: Runner, { name, service, context }: PreStartRequest): StepId {
	const { plan, project, hooks } = context;
	const runnerName = hookName(project, name, index);
	const hookService = serviceOfHook(service, hook, container.name);
	const left = hooks.remove((one) => one.name === runnerName, after);
	const spec = withHookGrant(
		runnerSpec(runnerName, { name, service: hookService }, context),
		context.grants.get(grantKey(name, numberOfReference(container, { name, service }, context))),
	);
	const networks = Object.keys(hookService.networks ?? {}).map((key) => context.ready.networks.get(key));
	const created = plan.add({ type: 'container.create', service: name, spec }, 'its hook runs before the first start', {
		after: [...networks, ...after, ...left],
	});
	const runner = { name: runnerName, createdBy: created };
	const started = plan.add({ type: 'container.start', service: name, container: runner }, 'hook', { after: [created] });
	const ended = plan.add(
		{
			type: 'container.await',
			service: name,
			containers: [runner],
			condition: 'service_completed_successfully',
			required: true,
			preStart: index,
		},
		'the service starts after its hook has ended well',
		{ after: [started] },
	);
	return plan.add(removal(name, runner), 'its hook has run', { after: [ended] });
}

/**
 * It has the GPUs of the container that starts after it, which are reserved by then, and no others. Their memory is
 * promised to that one.
 */
function withHookGrant(spec: ContainerSpec, grant: Grant | undefined): ContainerSpec {
	const { labels, ...granted } = withGrant(spec, grant);
	return { ...granted, labels: Object.fromEntries(Object.entries(labels).filter(([key]) => key !== label.gpuMemory)) };
}

/** Which of the service's containers it is. */
function numberOfReference(container: ContainerReference, { name, service }: Declared, context: UpContext): number {
	if ('id' in container) {
		const found = context.state.containers.find(({ id }) => id === container.id);
		if (found !== undefined) return numberOf(found);
	}
	const decision = context.decisions.get(name);
	const numbers = decision === undefined ? [] : numbersMade(decision);
	return numbers.find((number) => containerName(context.project, name, { service, number }) === container.name) ?? 1;
}

const removal = (service: string, container: ContainerReference) =>
	({ type: 'container.remove', service, container, force: true, volumes: true }) as const;

/**
 * What the hook says, over what its service has. Mounts come from the service's container; namespaces of other services
 * are for the service alone, as their containers may not run yet.
 */
function serviceOfHook(service: Service, hook: Hook, container: string): Service {
	const { ports, volumes, tmpfs, secrets, configs, depends_on, healthcheck, restart, tty, stdin_open, ...inherited } =
		service;
	return {
		...withoutShared(inherited),
		command: hook.command,
		environment: { ...service.environment, ...hook.environment },
		volumes_from: [container],
		...(hook.image !== undefined && { image: hook.image }),
		...(hook.user !== undefined && { user: hook.user }),
		...(hook.working_dir !== undefined && { working_dir: hook.working_dir }),
		...(hook.privileged !== undefined && { privileged: hook.privileged }),
	};
}

const isShared = (value: unknown): boolean => typeof value === 'string' && value.startsWith('service:');

function withoutShared({ network_mode, ipc, pid, uts, ...service }: Service): Service {
	return {
		...service,
		...(network_mode !== undefined && !isShared(network_mode) && { network_mode }),
		...(ipc !== undefined && !isShared(ipc) && { ipc }),
		...(pid !== undefined && !isShared(pid) && { pid }),
		...(uts !== undefined && !isShared(uts) && { uts }),
	};
}

function runnerSpec(
	runnerName: string,
	{ name, service }: Declared,
	{ project }: Pick<UpContext, 'project'>,
): ContainerSpec {
	return {
		...specBasis({ name, service }, project),
		name: runnerName,
		labels: hookLabels(project.name, name, service.labels),
		networks: endpointsOf(service, project, [runnerName, name]),
		inheritedVolumes: new Map(),
	};
}
