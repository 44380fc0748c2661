import { LabcError } from '../../../src/errors/labc-error.ts';
import { failure, type LiveContainer, tell, type World } from './world.ts';

/** Starts a container: networks must be there and its ports free; what it does then is its behaviour's business. */
export function start(world: World, container: LiveContainer): void {
	if (container.state === 'running') return;
	if (container.state === 'paused')
		throw failure('ENGINE_CONFLICT', 'cannot start a paused container, try unpause instead');
	joinNetworks(world, container);
	refuseTakenPorts(world, container);
	const behaviour = world.options.behaviour?.(container.spec) ?? {};
	if (behaviour.startError !== undefined) throw failure('ENGINE_REFUSED', behaviour.startError);
	container.state = 'running';
	container.exitCode = 0;
	tell(world, container, 'start');
	if (behaviour.stdout) container.output.push({ stream: 'stdout', bytes: Buffer.from(behaviour.stdout) });
	if (behaviour.stderr) container.output.push({ stream: 'stderr', bytes: Buffer.from(behaviour.stderr) });
	watchHealth(world, container, behaviour);
	if (behaviour.exitAfterMs !== undefined) {
		later(container, behaviour.exitAfterMs, () => end(world, container, behaviour.exitCode ?? 0));
	}
}

/** Ends a running container; one that does not run is left as it is. */
export function end(world: World, container: LiveContainer, exitCode: number): void {
	if (container.state !== 'running' && container.state !== 'paused') return;
	for (const timer of container.timers.splice(0)) clearTimeout(timer);
	container.state = 'exited';
	container.exitCode = exitCode;
	container.finishedAt = new Date().toISOString();
	if (container.health !== undefined) container.health = 'unhealthy';
	tell(world, container, 'die', exitCode);
	for (const waiter of [...container.waiters]) waiter('exit');
	if (container.spec.oneOff?.autoRemove === true) forget(world, container);
}

export function restart(world: World, container: LiveContainer): void {
	end(world, container, 143);
	start(world, container);
}

export function pause(container: LiveContainer): void {
	if (container.state !== 'running') throw failure('ENGINE_CONFLICT', `container ${container.id} is not running`);
	container.state = 'paused';
}

export function unpause(container: LiveContainer): void {
	if (container.state !== 'paused') throw failure('ENGINE_REFUSED', `container ${container.id} is not paused`);
	container.state = 'running';
}

export function forget(world: World, container: LiveContainer): void {
	world.containers.delete(container.id);
	tell(world, container, 'destroy');
	for (const waiter of [...container.waiters]) waiter('removed');
}

function joinNetworks(world: World, container: LiveContainer): void {
	for (const { network } of container.spec.networks) {
		const found = [...world.networks.values()].find(({ name, id }) => name === network || id === network);
		if (found === undefined) throw failure('ENGINE_NOT_FOUND', `network ${network} not found`);
		container.networks.set(found.name, found.id);
	}
}

function refuseTakenPorts(world: World, container: LiveContainer): void {
	const wanted = publishedPorts(container);
	for (const other of world.containers.values()) {
		if (other === container || other.state !== 'running') continue;
		const taken = publishedPorts(other).find((port) => wanted.includes(port));
		if (taken !== undefined) {
			throw new LabcError(
				'PORT_IN_USE',
				`cannot start container \`${container.name}\`: port \`${taken}\` of this host is already in use by container \`${other.name}\``,
			);
		}
	}
}

const publishedPorts = ({ spec }: LiveContainer): readonly string[] =>
	spec.networks.length === 0
		? []
		: (spec.service.ports ?? []).flatMap(({ published }) => (published === undefined ? [] : [published]));

function watchHealth(
	world: World,
	container: LiveContainer,
	{
		healthAfterMs = 5,
		health = 'healthy',
	}: { readonly healthAfterMs?: number; readonly health?: 'healthy' | 'unhealthy' },
): void {
	const { healthcheck } = container.spec.service;
	if (healthcheck?.test === undefined || healthcheck.disable === true) return;
	container.health = 'starting';
	later(container, healthAfterMs, () => {
		container.health = health;
		tell(world, container, `health_status: ${health}`);
	});
}

const later = (container: LiveContainer, delayMs: number, effect: () => void): void => {
	container.timers.push(setTimeout(effect, delayMs));
};
