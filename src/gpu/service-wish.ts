import type { Service } from '../model/service.ts';
import { type AskedDevices, asksForGpus, type GpuWish, isGpuName, readWish } from './wish.ts';

type GpuAttributes = Pick<Service, 'gpus' | 'deploy' | 'devices' | 'runtime' | 'environment'>;

/** `gpus` entries stand for the capability of their name. */
export const gpusForm = ({ gpus = [] }: Pick<Service, 'gpus'>): readonly AskedDevices[] =>
	gpus.map((request) => ({ ...request, capabilities: [...(request.capabilities ?? []), 'gpu'] }));

export const reservedForm = ({ deploy }: Pick<Service, 'deploy'>): readonly AskedDevices[] =>
	deploy?.resources.reservations?.devices ?? [];

const visibleDevices = 'NVIDIA_VISIBLE_DEVICES';

/** What a service wants; `imageEnvironment` holds for what it does not set itself. */
export const serviceWish = (service: GpuAttributes, imageEnvironment: readonly string[] = []): GpuWish | undefined =>
	readWish({
		forms: [reservedForm(service), gpusForm(service)],
		devices: (service.devices ?? []).map(({ source }) => source),
		runtime: service.runtime,
		visibleDevices: service.environment?.[visibleDevices] ?? fromList(imageEnvironment),
	});

/** The value in a list of `KEY=VALUE`. */
export const fromList = (environment: readonly string[]): string | undefined =>
	environment.find((entry) => entry.startsWith(`${visibleDevices}=`))?.slice(visibleDevices.length + 1);

/** The requests for GPUs of a service: a list for each way in which it asks. */
export const gpuForms = (service: GpuAttributes): readonly (readonly AskedDevices[])[] =>
	[
		reservedForm(service).filter(asksForGpus),
		gpusForm(service),
		(service.devices ?? []).flatMap(({ source }) =>
			isGpuName(source) ? [{ driver: 'cdi', device_ids: [source], capabilities: [] }] : [],
		),
	].filter((form) => form.length > 0);
