import type { ContainerDetails } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { AwaitCondition } from '../plan/plan.ts';
import { containerFailure } from './container-failure.ts';
import type { ContainerWatch } from './container-watch.ts';
import { judgeContainer } from './judge-container.ts';
import { newWakeUp, type WakeUp } from './wake-up.ts';

export interface AwaitRequest {
	readonly service: string;
	readonly containers: readonly AwaitedContainer[];
	readonly condition: AwaitCondition;
	readonly timeoutSeconds?: number | undefined;
	readonly preStart?: number | undefined;
}

interface AwaitedContainer {
	readonly id: string;
	readonly name: string;
}

export interface AwaitTools {
	readonly engine: Pick<Engine, 'inspectContainer' | 'containerLogs'>;
	readonly watch: ContainerWatch;
	readonly signal: AbortSignal;
}

/** An event may get lost, so a waiting container is looked at this often without one. */
const slowLookMs = 10_000;
/** A container without a health check counts as running when it has stayed up this long. */
const settleMs = 1000;

/**
 * Resolves when every container meets the condition (of a job: when the first has ended). It listens before it looks, so nothing that happens in between
 * is missed. Throws `CONTAINER_EXITED` or `CONTAINER_UNHEALTHY` with the cause, `WAIT_TIMEOUT`, or `INTERRUPTED`.
 */
export async function awaitContainers(request: AwaitRequest, tools: AwaitTools): Promise<void> {
	const over = new AbortController();
	const signal = AbortSignal.any([tools.signal, over.signal]);
	const timer = startTimer(request.timeoutSeconds, () => over.abort(timeoutError(request)));
	try {
		const waits = request.containers.map((container) => awaitContainer(container, request, { ...tools, signal }));
		await (oneDecides(request) ? Promise.race(waits) : Promise.all(waits));
	} finally {
		clearTimeout(timer);
		over.abort();
	}
}

/** A job is done when one of its replicas is, as with docker compose: they are the same job. */
const oneDecides = ({ condition, containers }: AwaitRequest): boolean =>
	condition === 'service_completed_successfully' && containers.length > 0;

async function awaitContainer(container: AwaitedContainer, request: AwaitRequest, tools: AwaitTools): Promise<void> {
	const { watch, signal } = tools;
	const wakeUp = newWakeUp(signal);
	let settled = false;
	let settling: NodeJS.Timeout | undefined;
	try {
		await watch.onChange(container.id, wakeUp.wake, signal);
		while (!signal.aborted) {
			const verdict = await look(container, request, tools);
			if (verdict === 'met' || (verdict === 'settling' && settled)) return;
			if (verdict === 'settling') {
				settling ??= setTimeout(() => {
					settled = true;
					wakeUp.wake();
				}, settleMs);
			}
			await sleep(wakeUp);
		}
		throw interruption(signal);
	} finally {
		clearTimeout(settling);
	}
}

async function look(container: AwaitedContainer, request: AwaitRequest, tools: AwaitTools) {
	const details = await inspect(container, tools);
	const verdict = judgeContainer(details.state, request.condition);
	if (typeof verdict === 'string') return verdict;
	const { service, condition, preStart } = request;
	throw await containerFailure(tools.engine, {
		service,
		name: container.name,
		details,
		condition,
		failure: verdict,
		preStart,
	});
}

async function inspect({ id, name }: AwaitedContainer, { engine }: AwaitTools): Promise<ContainerDetails> {
	try {
		return await engine.inspectContainer(id);
	} catch (error) {
		if (!(error instanceof LabcError) || error.code !== 'ENGINE_NOT_FOUND') throw error;
		throw new LabcError('CONTAINER_EXITED', `container ${name} was removed while labc waited for it`, {
			cause: error,
			hint: 'Run the command again.',
		});
	}
}

async function sleep(wakeUp: WakeUp): Promise<void> {
	const timer = setTimeout(wakeUp.wake, slowLookMs);
	await wakeUp.next();
	clearTimeout(timer);
}

function startTimer(seconds: number | undefined, onTimeout: () => void): NodeJS.Timeout | undefined {
	return seconds === undefined ? undefined : setTimeout(onTimeout, seconds * 1000);
}

function timeoutError({ service, condition, timeoutSeconds, containers }: AwaitRequest): LabcError {
	const names = containers.map(({ name }) => name).join(', ');
	const what =
		condition === 'running_or_healthy'
			? `application not healthy after ${timeoutSeconds}s`
			: `timeout waiting for dependencies after ${timeoutSeconds}s`;
	return new LabcError('WAIT_TIMEOUT', `${what}: waited for ${names}`, {
		hint: `Read its log with \`labc compose logs ${service}\`, or wait longer with \`--wait-timeout\`.`,
	});
}

const interruption = (signal: AbortSignal): LabcError =>
	signal.reason instanceof LabcError ? signal.reason : new LabcError('INTERRUPTED', 'interrupted while waiting');
