import type { Service } from '../model/service.ts';
import {
	type AskedDevices,
	asksForGpus,
	type GpuWish,
	isGpuName,
	type NvidiaVariables,
	readWish,
	visibleDevices,
} from './wish.ts';

type GpuAttributes = Pick<Service, 'gpus' | 'deploy' | 'devices' | 'runtime' | 'environment'>;

/** `gpus` entries stand for the capability of their name. */
export const gpusForm = ({ gpus = [] }: Pick<Service, 'gpus'>): readonly AskedDevices[] =>
	gpus.map((request) => ({ ...request, capabilities: [...(request.capabilities ?? []), 'gpu'] }));

export const reservedForm = ({ deploy }: Pick<Service, 'deploy'>): readonly AskedDevices[] =>
	deploy?.resources.reservations?.devices ?? [];

const driverCapabilities = 'NVIDIA_DRIVER_CAPABILITIES';

/** What holds for a service that does not say it itself. */
interface WishDefaults {
	/** Of its image, as `KEY=VALUE`. */
	readonly imageEnvironment?: readonly string[];
	/** The engine's. */
	readonly runtime?: string | undefined;
}

export function serviceWish(service: GpuAttributes, defaults: WishDefaults = {}): GpuWish | undefined {
	const image = variablesIn(defaults.imageEnvironment ?? []);
	const own = service.environment?.[visibleDevices];
	return readWish({
		forms: [reservedForm(service), gpusForm(service)],
		devices: (service.devices ?? []).map(({ source }) => source),
		runtime: service.runtime ?? defaults.runtime,
		variables: {
			visibleDevices: own ?? image.visibleDevices,
			capabilities: service.environment?.[driverCapabilities] ?? image.capabilities,
			isUnasked: service.runtime === undefined && typeof own !== 'string',
		},
	});
}

/** From a list of `KEY=VALUE`. */
export function variablesIn(environment: readonly string[]): NvidiaVariables {
	const value = (name: string): string | undefined =>
		environment.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
	return { visibleDevices: value(visibleDevices), capabilities: value(driverCapabilities) };
}

/** The requests for GPUs of a service: a list for each way in which it asks. */
export const gpuForms = (service: GpuAttributes): readonly (readonly AskedDevices[])[] =>
	[
		reservedForm(service).filter(asksForGpus),
		gpusForm(service),
		(service.devices ?? []).flatMap(({ source }) =>
			isGpuName(source) ? [{ driver: 'cdi', device_ids: [source], capabilities: [] }] : [],
		),
	].filter((form) => form.length > 0);
