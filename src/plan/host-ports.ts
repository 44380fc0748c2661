import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { StepId } from './plan.ts';
import { isActive } from './stops.ts';
import type { UpContext } from './up-context.ts';

/** Whether the engine has to choose a host port out of a range: two starts at the same time may choose the same. */
export const hasPortRange = (service: Service): boolean =>
	(service.ports ?? []).some(({ published }) => published?.includes('-') === true);

/**
 * Stops the containers that hold a host port `service` wants and that this plan takes away or replaces anyway, so that
 * ports can move between services. A container that stays keeps its port; then the engine refuses the start.
 */
export function freeHostPorts(name: string, service: Service, context: UpContext): readonly StepId[] {
	const wanted = (service.ports ?? []).flatMap(wantedPorts);
	if (wanted.length === 0) return [];
	return context.state.containers
		.filter((container) => container.service !== name && isActive(container) && isGoing(container, context))
		.flatMap((container) => {
			const port = container.ports.find((held) => wanted.some((want) => isWanted(want, held)));
			if (port === undefined) return [];
			return context.stops.ensure(container, `host port ${port.publicPort} is needed by ${name}`) ?? [];
		});
}

interface WantedPorts {
	readonly first: number;
	readonly last: number;
	readonly protocol: string;
}

function wantedPorts({ published, protocol }: NonNullable<Service['ports']>[number]): readonly WantedPorts[] {
	if (published === undefined || published === '') return [];
	const [first = 0, last = first] = published.split('-').map(Number);
	return [{ first, last, protocol }];
}

const isWanted = ({ first, last, protocol }: WantedPorts, held: ObservedContainer['ports'][number]): boolean =>
	held.publicPort !== undefined && held.type === protocol && first <= held.publicPort && held.publicPort <= last;

function isGoing(container: ObservedContainer, { decisions, stops }: UpContext): boolean {
	const decision = decisions.get(container.service);
	const leaving = [...(decision?.recreated ?? []), ...(decision?.surplus ?? [])];
	return stops.of(container) !== undefined || leaving.some((one) => one.container.id === container.id);
}
