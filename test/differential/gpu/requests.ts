/** One way in which people ask for GPUs: the lines of a service, and what stands around them. */
export interface GpuRequest {
	readonly name: string;
	/** Lines of the service `t`, without its indentation. */
	readonly service: string;
	/** Flags between `compose` and the command. */
	readonly globals?: readonly string[];
	/** Further files of the project, `compose.override.yml` among them. */
	readonly files?: Readonly<Record<string, string>>;
	/** By default `up -d`. */
	readonly verb?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
}

const uuid = (index: number): string => `GPU-0000000${index}-0000-4000-8000-00000000000${index}`;
const slice = (index: number): string => `MIG-0000000${index}-0000-4000-8000-00000000000${index}`;

const gpus = (text: string): GpuRequest => ({ name: `gpus: ${text}`, service: `gpus: ${text}` });

const reserved = (text: string): GpuRequest => ({
	name: `reserved: ${text}`,
	service: `deploy: {resources: {reservations: {devices: ${text}}}}`,
});

const devices = (text: string): GpuRequest => ({ name: `devices: ${text}`, service: `devices: ${text}` });

const runtime = (variables: string): GpuRequest => ({
	name: `runtime nvidia, ${variables}`,
	service: `runtime: nvidia\nenvironment: ${variables}`,
});

const both = (name: string, ...lines: readonly string[]): GpuRequest => ({
	name: `both: ${name}`,
	service: lines.join('\n'),
});

const reserveTwo = 'deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: 2}]}}}';

/** Every spelling. GPUs are those of `scripts/fake-gpu/box.json`, as far as one is named. */
export const gpuRequests: readonly GpuRequest[] = [
	...[
		'all',
		'[{count: 1}]',
		'[{count: 2}]',
		'[{count: "3"}]',
		'[{count: all}]',
		'[{count: -1}]',
		'[{}]',
		'[]',
		'[{device_ids: ["0"]}]',
		'[{device_ids: ["1", "3"]}]',
		`[{device_ids: [${uuid(2)}]}]`,
		'[{device_ids: [GPU-00000002]}]',
		`[{device_ids: [${slice(1)}]}]`,
		'[{device_ids: ["4:0"]}]',
		'[{count: 1, capabilities: [utility]}]',
		'[{capabilities: [gpu, compute, utility], count: 2}]',
		'[{driver: nvidia, count: 1}]',
		'[{driver: nvidia, device_ids: ["2"], capabilities: [compute]}]',
		'[{driver: cdi, device_ids: [nvidia.com/gpu=1]}]',
		'[{driver: cdi, device_ids: [nvidia.com/gpu=all]}]',
		'[{driver: amd, count: 1}]',
		'[{driver: cdi, device_ids: [amd.com/gpu=0]}]',
		'[{count: 1, options: {virtualization: "false"}}]',
		'[{count: 1, options: [virtualization=false, mode=shared]}]',
		'[{count: 1}, {device_ids: ["3"]}]',
		'[{count: 1, device_ids: ["0"]}]',
		'[{count: several}]',
	].map(gpus),
	...[
		'[{capabilities: [gpu]}]',
		'[{capabilities: [gpu], count: 1}]',
		'[{capabilities: [gpu], count: "2"}]',
		'[{capabilities: [gpu], count: all}]',
		'[{capabilities: [gpu], count: -1}]',
		'[{capabilities: [nvidia, compute], count: 1}]',
		'[{capabilities: [gpu, utility], driver: nvidia, count: 1}]',
		'[{capabilities: [gpu], device_ids: ["0", "2"]}]',
		`[{capabilities: [gpu], device_ids: [${uuid(1)}, ${uuid(3)}]}]`,
		`[{capabilities: [gpu], device_ids: [${slice(0)}]}]`,
		'[{capabilities: [gpu], device_ids: ["4:1"], driver: nvidia}]',
		'[{capabilities: [gpu], driver: cdi, device_ids: [nvidia.com/gpu=2]}]',
		'[{capabilities: [], driver: cdi, device_ids: [nvidia.com/gpu=2]}]',
		'[{driver: cdi, device_ids: [nvidia.com/gpu=2]}]',
		'[{capabilities: [gpu], count: 1, options: {virtualization: "false"}}]',
		'[{capabilities: [gpu], count: 1, options: [virtualization=false]}]',
		'[{capabilities: [gpu], count: 1}, {capabilities: [gpu], device_ids: ["3"]}]',
		'[{capabilities: [tpu], driver: other, count: 1}]',
		'[{capabilities: [gpu], count: 1, device_ids: ["0"]}]',
		'[{count: 1}]',
		'[]',
	].map(reserved),
	...[
		'[nvidia.com/gpu=1]',
		'[nvidia.com/gpu=all]',
		`[nvidia.com/gpu=${uuid(0)}]`,
		'["nvidia.com/gpu=4:1"]',
		'[nvidia.com/gpu=0, nvidia.com/gpu=2]',
		'[nvidia.com/gpu=0, /dev/null:/dev/other]',
		'[{source: nvidia.com/gpu=3}]',
		'[amd.com/gpu=0]',
		'[amd.com/gpu=all]',
		'[/dev/kfd, /dev/dri]',
		'[/dev/kfd:/dev/kfd, /dev/dri/renderD128:/dev/dri/renderD128]',
		'[/dev/dri:/dev/dri:rw]',
		'[/dev/nvidia0, /dev/nvidiactl]',
	].map(devices),
	{ name: 'AMD as its manual has it', service: 'devices: [/dev/kfd, /dev/dri]\ngroup_add: ["44"]\nipc: host' },
	...[
		'{NVIDIA_VISIBLE_DEVICES: all}',
		'{NVIDIA_VISIBLE_DEVICES: "0,2"}',
		`{NVIDIA_VISIBLE_DEVICES: ${uuid(1)}}`,
		`{NVIDIA_VISIBLE_DEVICES: ${slice(0)}, NVIDIA_DRIVER_CAPABILITIES: "compute,utility"}`,
		'[NVIDIA_VISIBLE_DEVICES=3]',
		'{NVIDIA_VISIBLE_DEVICES: none}',
		'{NVIDIA_VISIBLE_DEVICES: void}',
		'{NVIDIA_VISIBLE_DEVICES: nvidia.com/gpu=1}',
		'{}',
	].map(runtime),
	{ name: 'variable without the runtime', service: 'environment: {NVIDIA_VISIBLE_DEVICES: "1"}' },
	both('equal counts', 'gpus: [{count: 2}]', reserveTwo),
	both('other counts', 'gpus: [{count: 1}]', reserveTwo),
	both('all and a count', 'gpus: all', reserveTwo),
	both('ids and a count', 'gpus: [{device_ids: ["1"]}]', reserveTwo),
	both('CDI name and gpus', 'devices: [nvidia.com/gpu=1]', 'gpus: [{count: 1}]'),
	both('runtime and gpus', 'runtime: nvidia', 'environment: {NVIDIA_VISIBLE_DEVICES: "1"}', 'gpus: [{count: 1}]'),
	both('all three', 'devices: [nvidia.com/gpu=1]', 'gpus: [{count: 1}]', reserveTwo),
	{ ...reserved('[{capabilities: [gpu], count: 1}]'), name: '--compatibility, reserved', globals: ['--compatibility'] },
	{ ...gpus('[{count: 1}]'), name: '--compatibility, gpus', globals: ['--compatibility'] },
	{
		...both('equal counts', 'gpus: [{count: 2}]', reserveTwo),
		name: '--compatibility, both',
		globals: ['--compatibility'],
	},
	{ name: 'count from a variable', service: `gpus: [{count: "\${GPUS:-2}"}]`, env: { GPUS: '3' } },
	{ name: 'ids from a variable', service: `gpus: [{device_ids: ["\${GPU:?}"]}]`, env: { GPU: uuid(3) } },
	{
		name: 'more of them in an override',
		service: 'gpus: [{count: 1}]',
		files: { 'compose.override.yml': 'services: {t: {gpus: [{device_ids: ["2"]}]}}\n' },
	},
	{
		name: 'reserved in an override',
		service: 'deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: 1}]}}}',
		files: {
			'compose.override.yml':
				'services: {t: {deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: 2}]}}}}}\n',
		},
	},
	{
		name: 'taken away in an override',
		service: 'gpus: all',
		files: { 'compose.override.yml': 'services: {t: {gpus: !reset null}}\n' },
	},
	{
		name: 'from a service it extends',
		service: 'extends: {file: base.yml, service: gpu}',
		files: { 'base.yml': 'services: {gpu: {gpus: [{count: 2, capabilities: [utility]}]}}\n' },
	},
	{ name: 'three replicas', service: 'gpus: [{count: 1}]\ndeploy: {replicas: 3}' },
	{ ...gpus('[{count: 1}]'), name: 'create', verb: ['create'] },
	{ ...gpus('[{count: 1}]'), name: 'run -d', verb: ['run', '-d', '--name', 'NAME', 't'] },
	{
		...both('equal counts', 'gpus: [{count: 2}]', reserveTwo),
		name: 'run -d, both',
		verb: ['run', '-d', '--name', 'NAME', 't'],
	},
];
