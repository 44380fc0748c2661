import { type GpuUnit, resolveUnits } from '../gpu/inventory.ts';
import { gpuForms } from '../gpu/service-wish.ts';
import { type AskedDevices, type GpuWish, namesIn } from '../gpu/wish.ts';
import type { DeviceRequest } from '../model/deploy.ts';

/**
 * Requests for the units that were chosen. Entries of one list that differ in more than how many they ask for stay
 * requests of their own, each with its part; several forms ask for the same GPUs, which are asked for once.
 */
export function chosenRequests(
	service: Parameters<typeof gpuForms>[0],
	units: readonly GpuUnit[],
	{ all, vendor }: GpuWish,
): readonly DeviceRequest[] {
	const forms = gpuForms(service);
	const [only = [], ...more] = forms;
	if (all || more.length > 0) return [requestFor(forms.flat(), units, all)];
	const parts = partsOf(only, units, vendor);
	return [...Map.groupBy(only, kindOf).values()].map((alike) =>
		requestFor(
			alike,
			units.filter((unit) => alike.some((entry) => parts.get(entry)?.includes(unit))),
		),
	);
}

/** The order of capabilities and options says nothing. */
const kindOf = ({ driver = '', capabilities = [], options = {} }: AskedDevices): string =>
	JSON.stringify([driver, [...new Set(capabilities)].sort(), Object.entries(options).sort()]);

/** What an entry names is its own; the others are dealt out to those that count. */
function partsOf(
	entries: readonly AskedDevices[],
	units: readonly GpuUnit[],
	vendor: GpuWish['vendor'],
): ReadonlyMap<AskedDevices, readonly GpuUnit[]> {
	const named = entries.map(
		(entry) => [entry, namesIn(entry).flatMap((id) => resolveUnits(id, vendor, units))] as const,
	);
	const taken = new Set(named.flatMap(([, own]) => own));
	const rest = units.filter((unit) => !taken.has(unit));
	const counting = entries.filter(({ count = 0 }) => count > 0);
	return new Map([
		...named,
		...counting.map((entry) => [entry, rest.splice(0, entry === counting.at(-1) ? rest.length : entry.count)] as const),
	]);
}

function requestFor(asked: readonly AskedDevices[], units: readonly GpuUnit[], isForAll = false): DeviceRequest {
	const driver = asked.find((request) => request.driver !== undefined && request.driver !== '')?.driver;
	const capabilities = [...new Set(asked.flatMap((request) => request.capabilities ?? []))];
	const options = Object.assign({}, ...asked.map((request) => request.options ?? {}));
	return {
		...(driver !== undefined && { driver }),
		...(isForAll && driver !== 'cdi' ? { count: -1 } : { device_ids: units.map((unit) => idFor(unit, driver)) }),
		capabilities,
		...(Object.keys(options).length > 0 && { options }),
	};
}

/** CDI knows GPUs by the names of its specs, nvidia's hook by UUID or place. */
const idFor = ({ id, index, cdiNames }: GpuUnit, driver: string | undefined): string =>
	driver === 'cdi' ? (cdiNames[0] ?? id) : id.includes('=') ? index : id;
