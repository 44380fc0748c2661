import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import { observeContainers } from '../state/observe.ts';
import type { ObservedContainer } from '../state/observed-state.ts';

/** One container of a service. */
export interface WantedContainer {
	readonly projectName: string;
	readonly service: string;
	/** The replica's number; the lowest that runs when absent. */
	readonly index?: number | undefined;
}

/** The running container that a command is for. */
export const findContainer = async (
	engine: Pick<Engine, 'listContainers'>,
	request: WantedContainer,
): Promise<ObservedContainer> => pickContainer(await observeContainers(engine, request.projectName), request);

/** The lowest number of those that run, one-offs last. */
export function pickContainer(
	containers: readonly ObservedContainer[],
	{ service, index }: Pick<WantedContainer, 'service' | 'index'>,
): ObservedContainer {
	const running = containers.filter((one) => one.service === service && one.state === 'running');
	const wanted = running.filter((one) => index === undefined || one.number === index);
	const [first] = wanted.sort((a, b) => rank(a) - rank(b));
	if (first !== undefined) return first;
	if (index === undefined) {
		throw new LabcError('SERVICE_NOT_RUNNING', `service \`${service}\` is not running`, {
			hint: `Start it with \`labc compose up -d ${service}\`.`,
		});
	}
	throw new LabcError('SERVICE_NOT_RUNNING', `service \`${service}\` has no running container number ${index}`, {
		hint: 'Look at the numbers with `labc compose ps`.',
	});
}

const rank = ({ number, oneOff }: ObservedContainer): number =>
	oneOff ? Number.POSITIVE_INFINITY : (number ?? Number.MAX_SAFE_INTEGER);
