import type { EngineFacts, EngineSilence, Facts, MachineFacts, SpaceFacts } from '../../src/doctor/facts.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { unitsOf } from '../../src/gpu/inventory.ts';
import { box, gib } from './gpu-cases.ts';

export const space = (given: Partial<SpaceFacts> = {}): SpaceFacts => ({
	path: '/var/lib/docker',
	total: 1000 * gib,
	free: 500 * gib,
	files: 1000,
	freeFiles: 900,
	...given,
});

/** A machine with two GPUs on which nothing is wrong. */
export const machine = (given: Partial<MachineFacts> = {}): MachineFacts => ({
	driver: { cards: 2, hasKfd: false, moduleVersion: '570.1', tool: { version: '570.1', gpus: 2 } },
	units: unitsOf(box(2)),
	toolkit: '1.19.1',
	specs: [],
	unlinkedNodes: [],
	shm: space({ path: '/dev/shm', total: 64 * gib, free: 60 * gib }),
	disk: space(),
	...given,
});

export const bare: MachineFacts = machine({
	driver: { cards: 0, hasKfd: false, moduleVersion: undefined, tool: 'absent' },
	units: [],
	toolkit: undefined,
});

export const engine = (
	given: Partial<Omit<EngineFacts, 'machine'>> & { readonly machine?: Partial<EngineFacts['machine']> } = {},
): EngineFacts => ({
	answers: true,
	version: { version: '28.5.2', apiVersion: '1.51', negotiatedApiVersion: '1.51', os: 'linux', arch: 'amd64' },
	locks: [],
	starved: [],
	...given,
	machine: {
		name: 'lab-box',
		operatingSystem: '',
		cgroupDriver: 'systemd',
		cgroupVersion: '2',
		dataRoot: '/var/lib/docker',
		runtimes: ['runc'],
		defaultRuntime: 'runc',
		devices: ['nvidia.com/gpu=0', 'nvidia.com/gpu=1', 'nvidia.com/gpu=all'],
		cdiFolders: [],
		time: undefined,
		...given.machine,
	},
});

export const silence: EngineSilence = {
	answers: false,
	message: 'no engine answers at unix:///run/docker.sock',
	hint: 'Start it.',
};

export const facts = (given: Partial<Facts> = {}): Facts => ({
	engine: engine(),
	machine: machine(),
	inotify: { watches: 524_288, instances: 512 },
	...given,
});

export interface FindingCase {
	readonly when: string;
	readonly given?: Partial<Facts>;
	readonly status: Finding['status'];
	readonly summary: string | RegExp;
	/** Of what it means and what to do, together. */
	readonly advice?: RegExp;
}
