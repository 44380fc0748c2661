import type { Vendor } from './inventory.ts';

/** A request for devices as the engine takes it; -1 counts all. */
export interface AskedDevices {
	readonly driver?: string | undefined;
	readonly count?: number | undefined;
	readonly device_ids?: readonly string[] | undefined;
	readonly capabilities?: readonly string[] | undefined;
	readonly options?: Readonly<Record<string, string>> | undefined;
}

/** Every way in which a service or a container says which devices it wants. */
export interface DeviceUse {
	/** Each list is one way of asking, whose entries add up; several ways ask for the same GPUs. */
	readonly forms: readonly (readonly AskedDevices[])[];
	/** Host paths, and CDI names among them. */
	readonly devices: readonly string[];
	/** The runtime it has, be it the engine's usual one. */
	readonly runtime?: string | undefined;
	readonly variables?: NvidiaVariables | undefined;
}

export const visibleDevices = 'NVIDIA_VISIBLE_DEVICES';
/** With this value the runtime does nothing at all. */
export const noDevices = 'void';

/** What nvidia's runtime reads in the environment, and no other does. */
export interface NvidiaVariables {
	/** `NVIDIA_VISIBLE_DEVICES` */
	readonly visibleDevices?: string | undefined;
	/** `NVIDIA_DRIVER_CAPABILITIES` */
	readonly capabilities?: string | undefined;
	/** Nobody wrote them for this container: they are its image's, and the runtime is the engine's usual one. */
	readonly isUnasked?: boolean;
}

/** The normal form of what is wanted. */
export interface GpuWish {
	readonly vendor: Vendor;
	/** How many GPUs at least, whichever they are. */
	readonly count: number;
	readonly all: boolean;
	/** Those asked for by an id of any kind. */
	readonly named: readonly string[];
	/** Only looks at GPUs and holds none. */
	readonly observes: boolean;
	/** Sees GPUs for which nobody asked: it holds none but those that its processes use. */
	readonly isUnasked?: true;
	/** What is wanted of the other maker besides. */
	readonly also?: GpuWish;
}

export const holdsNone = ({ observes, isUnasked }: GpuWish): boolean => observes || isUnasked === true;

/** Undefined where no GPU is asked for. */
export function readWish(use: DeviceUse): GpuWish | undefined {
	const [nvidia, amd] = [wishOf('nvidia', use), wishOf('amd', use)];
	if (amd === undefined || nvidia === undefined || nvidia.isUnasked) return amd ?? nvidia;
	return { ...nvidia, also: amd };
}

function wishOf(vendor: Vendor, use: DeviceUse): GpuWish | undefined {
	const ofVendor = (form: readonly AskedDevices[]) => form.flatMap((request) => partFor(vendor, request));
	const requests = [...use.forms.map((form) => form.filter(asksForGpus)), cdiForm(use.devices)].map(ofVendor);
	// The engine writes a request behind the variable, and nvidia's runtime takes the last word.
	const isRequested = requests.flat().length > 0;
	const asked = [...requests, ofVendor(pathForm(use.devices))].map(formWish).filter((wish) => wish !== undefined);
	const visible = isRequested || vendor === 'amd' ? undefined : visibleWish(use);
	if (asked.length === 0 && use.variables?.isUnasked) return visible && { ...visible, isUnasked: true };
	const wishes = visible === undefined || use.variables?.isUnasked ? asked : [...asked, visible];
	if (wishes.length === 0) return undefined;
	return {
		vendor,
		all: wishes.some(({ all }) => all),
		count: Math.max(...wishes.map(({ count }) => count)),
		named: [...new Set(wishes.flatMap(({ named }) => named))],
		observes: wishes.every(({ observes }) => observes),
	};
}

/** Of names that CDI knows, those of that maker. */
function partFor(vendor: Vendor, request: AskedDevices): readonly AskedDevices[] {
	if (request.driver !== 'cdi') return vendorOf(request) === vendor ? [request] : [];
	const ids = namesIn(request).filter((name) => name.startsWith(`${vendor}.com/`));
	return ids.length > 0 ? [{ ...request, device_ids: ids }] : [];
}

export const isGpuName = (name: string): boolean => /^(nvidia|amd)\.com\/(gpu|mig)[\w-]*=/.test(name);

/** Nodes that give an AMD GPU to a container. */
export const isGpuPath = (path: string): boolean => /^\/dev\/(kfd|dri(\/renderD\d+)?|nvidia\d+)$/.test(path);

/** What nvidia's driver can be asked for: each of them alone is a request for GPUs. */
export const nvidiaCapabilities: readonly string[] = [
	'gpu',
	'nvidia',
	'compute',
	'utility',
	'graphics',
	'video',
	'display',
	'compat32',
];

/** `tpu` and others are somebody else's. */
export function asksForGpus({ driver = '', capabilities = [], device_ids: ids = [] }: AskedDevices): boolean {
	if (driver === 'cdi') return ids.some(isGpuName);
	return ['', 'nvidia', 'amd'].includes(driver) && capabilities.some((one) => nvidiaCapabilities.includes(one));
}

const cdiForm = (devices: readonly string[]): readonly AskedDevices[] => {
	const names = devices.filter(isGpuName);
	return names.length > 0 ? [{ driver: 'cdi', device_ids: names }] : [];
};

/** `/dev/kfd` opens nothing by itself: the nodes beside it say which GPUs. */
function pathForm(devices: readonly string[]): readonly AskedDevices[] {
	const paths = devices.filter(isGpuPath).filter((path) => path !== '/dev/kfd');
	if (paths.includes('/dev/dri')) return devices.includes('/dev/kfd') ? [{ driver: 'amd', count: -1 }] : [];
	const isAmd = devices.includes('/dev/kfd');
	const nodes = paths.filter((path) => (isAmd ? path.startsWith('/dev/dri/') : path.startsWith('/dev/nvidia')));
	return nodes.length > 0 ? [{ driver: isAmd ? 'amd' : 'nvidia', device_ids: nodes }] : [];
}

function formWish(requests: readonly AskedDevices[]): GpuWish | undefined {
	const [first] = requests;
	if (first === undefined) return undefined;
	const named = requests.flatMap(namesIn);
	const counts = requests.map(({ count = 0 }) => count);
	const chosen = counts.filter((count) => count > 0).reduce((sum, count) => sum + count, 0);
	return {
		vendor: vendorOf(first),
		all: counts.includes(-1) || named.some((id) => id === 'all' || id.endsWith('=all')),
		// An entry that names ids and one that counts add up, as entries of one list do.
		count: chosen === 0 ? 0 : chosen + named.length,
		named: named.filter((id) => id !== 'all' && !id.endsWith('=all')),
		observes: requests.every(onlyLooks),
	};
}

/** The engine joins ids with commas, so that one text may name several. */
export const namesIn = ({ driver, device_ids: ids = [] }: AskedDevices): readonly string[] =>
	driver === 'cdi' ? ids.filter(isGpuName) : ids.flatMap(textsIn);

const vendorOf = ({ driver, device_ids: [name = ''] = [] }: AskedDevices): Vendor =>
	driver === 'amd' || name.startsWith('amd.com/') ? 'amd' : 'nvidia';

/** Exporters and monitors ask for nvidia's management library alone. */
function onlyLooks({ capabilities = [] }: AskedDevices): boolean {
	const asked = capabilities.filter((one) => one !== 'gpu' && one !== 'nvidia');
	return asked.length > 0 && asked.every((one) => one === 'utility');
}

function visibleWish({ runtime = '', variables = {} }: DeviceUse): GpuWish | undefined {
	if (!isNvidiaRuntime(runtime)) return undefined;
	const ids = textsIn(variables.visibleDevices).filter((id) => id !== noDevices && id !== 'none');
	const capabilities = textsIn(variables.capabilities);
	return ids.length === 0 ? undefined : formWish([{ driver: 'nvidia', device_ids: ids, capabilities }]);
}

const textsIn = (list = ''): readonly string[] =>
	list
		.split(',')
		.map((text) => text.trim())
		.filter((text) => text !== '');

export const isNvidiaRuntime = (runtime = ''): boolean => runtime === 'nvidia' || runtime.startsWith('nvidia-');
