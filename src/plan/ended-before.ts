import type { Service } from '../model/service.ts';
import { declaredRestart } from './compared-surroundings.ts';
import { replicasOf } from './select-services.ts';

type Services = ReadonlyMap<string, Service>;

/**
 * Services whose containers have ended for good when those of `name` start: jobs that it, or what it needs, waits for.
 * Of a job's several replicas the first to end decides, and the others may go on.
 */
export function endedBefore(
	name: string,
	services: Services,
	scale?: ReadonlyMap<string, number>,
): ReadonlySet<string> {
	const ended = new Set<string>();
	const needed = new Set([name]);
	for (const dependent of needed) {
		for (const [other, { condition, required }] of Object.entries(services.get(dependent)?.depends_on ?? {})) {
			const service = services.get(other);
			if (service === undefined || !required) continue;
			needed.add(other);
			if (condition === 'service_completed_successfully' && endsForGood(other, service, scale)) ended.add(other);
		}
	}
	return ended;
}

const endsForGood = (name: string, service: Service, scale: ReadonlyMap<string, number> | undefined): boolean =>
	replicasOf(name, service, scale) === 1 && !bringsBack(declaredRestart(service));

/** With `on-failure` a job that ended well stays so. */
const bringsBack = (restart: string | undefined): boolean =>
	restart !== undefined && restart !== 'no' && !restart.startsWith('on-failure');
