import { didYouMean } from '../errors/did-you-mean.ts';
import { isGpuName, nvidiaCapabilities } from '../gpu/wish.ts';
import type { DeviceRequest } from '../model/deploy.ts';
import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { numbersMade, type ServiceDecision } from './service-decision.ts';

/** Engines have no others. */
const drivers = ['nvidia', 'amd', 'cdi'] as const;

/**
 * Says which requests for devices no engine serves: a container is made all the same and fails at its start. What runs
 * as it is was served.
 */
export function warnOfDevices(
	selected: ReadonlyMap<string, Service>,
	decisions: ReadonlyMap<string, ServiceDecision>,
	{ also, plan }: { readonly also?: Declared | undefined; readonly plan: Pick<PlanBuilder, 'warn'> },
): void {
	for (const [name, service] of selected) {
		const decision = decisions.get(name);
		const isChanged = decision !== undefined && (numbersMade(decision).length > 0 || decision.kept.some(startsNow));
		if (isChanged) warnOf({ name, service }, plan);
	}
	if (also !== undefined) warnOf(also, plan);
}

const startsNow = ({ state }: ObservedContainer): boolean => state === 'exited' || state === 'created';

function warnOf(
	{ name, service: { gpus = [], deploy, devices = [] } }: Declared,
	plan: Pick<PlanBuilder, 'warn'>,
): void {
	for (const [index, { source, target }] of devices.entries()) {
		if (!isGpuName(source) || !/^\d+$/.test(target)) continue;
		const whole = `${source}:${target}`;
		plan.warn({
			severity: 'warning',
			code: 'DEVICE_UNKNOWN',
			message: `service \`${name}\` asks for \`${source}\`, for a place in the container follows a colon`,
			path: `services.${name}.devices.${index}`,
			hint: `Write \`{source: "${whole}", target: "${whole}"}\` where that slice is meant.`,
		});
	}
	const lists = { gpus, 'deploy.resources.reservations.devices': deploy?.resources.reservations?.devices ?? [] };
	const faults = Object.entries(lists).flatMap(([list, requests]) =>
		requests.flatMap((request, index) => faultsOf(request).map((fault) => ({ ...fault, place: `${list}.${index}` }))),
	);
	for (const { attribute, message, hint, place } of faults) {
		const path = `services.${name}.${place}.${attribute}`;
		plan.warn({ severity: 'warning', code: 'DEVICE_UNKNOWN', message: `service \`${name}\` ${message}`, path, hint });
	}
}

interface Fault {
	readonly attribute: string;
	readonly message: string;
	readonly hint: string;
}

function faultsOf({
	driver = '',
	count = 0,
	device_ids: ids = [],
	capabilities: asked = [],
}: DeviceRequest): readonly Fault[] {
	if (driver === 'cdi') return count !== 0 && ids.length === 0 ? [countedByName] : [];
	if (driver === 'amd') return [];
	if (driver !== '' && driver !== 'nvidia') {
		const message = `asks the driver \`${driver}\` for devices, and engines have none of that name`;
		return [{ attribute: 'driver', message, hint: meant(driver, drivers, 'leave `driver` out') }];
	}
	return asked
		.filter((one) => !nvidiaCapabilities.includes(one))
		.map((one) => ({
			attribute: 'capabilities',
			message: `asks for devices with the capability \`${one}\`, which no driver gives`,
			hint: meant(one, nvidiaCapabilities, 'leave it out'),
		}));
}

const countedByName: Fault = {
	attribute: 'count',
	message: 'asks the driver `cdi` for a number of devices, and that knows names only',
	hint: 'List names such as `nvidia.com/gpu=0` in `device_ids`, or leave `driver` out.',
};

function meant(word: string, known: readonly string[], otherwise: string): string {
	const guess = didYouMean(word, known);
	if (guess !== undefined) return `Did you mean \`${guess}\`?`;
	return `Write one of ${known.map((one) => `\`${one}\``).join(', ')}, or ${otherwise}.`;
}
