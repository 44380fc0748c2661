import type { Service } from '../model/service.ts';
import { declaredRestart } from './compared-surroundings.ts';
import { replicasOf } from './select-services.ts';

/** What is known of the services' containers. */
interface Known {
	readonly services: ReadonlyMap<string, Service>;
	readonly scale?: ReadonlyMap<string, number> | undefined;
	/** Whether all containers of the service start by this plan, after what they wait for: one that runs waits for nothing. */
	starts(service: string): boolean;
}

/**
 * Services whose containers have ended for good when those of `name` start: jobs that it, or what starts before it,
 * waits for. Of a job's several replicas the first to end decides, and the others may go on.
 */
export function endedBefore(name: string, { services, scale, starts }: Known): ReadonlySet<string> {
	const ended = new Set<string>();
	const needed = new Set([name]);
	for (const dependent of needed) {
		for (const { other, service, condition } of dependenciesOf(dependent, services)) {
			if (starts(other)) needed.add(other);
			if (condition === 'service_completed_successfully' && endsForGood(other, service, scale)) ended.add(other);
		}
	}
	return ended;
}

const dependenciesOf = (dependent: string, services: Known['services']) =>
	Object.entries(services.get(dependent)?.depends_on ?? {}).flatMap(([other, { condition, required }]) => {
		const service = services.get(other);
		return service === undefined || !required ? [] : [{ other, service, condition }];
	});

const endsForGood = (name: string, service: Service, scale: ReadonlyMap<string, number> | undefined): boolean =>
	replicasOf(name, service, scale) === 1 && !bringsBack(declaredRestart(service));

/** With `on-failure` a job that ended well stays so. */
const bringsBack = (restart: string | undefined): boolean =>
	restart !== undefined && restart !== 'no' && !restart.startsWith('on-failure');
