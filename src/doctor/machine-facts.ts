import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { LabcError } from '../errors/labc-error.ts';
import { unitsOf } from '../gpu/inventory.ts';
import { readCdiSpecs } from '../inventory/cdi-files.ts';
import { readSmi } from '../inventory/nvidia-smi.ts';
import { askProgram } from '../programs/ask-program.ts';
import type { DriverFacts, InotifyFacts, MachineFacts, SpaceFacts } from './facts.ts';

export interface MachineTools {
	/** Where the engine looks for CDI specs; empty for the usual ones. */
	readonly folders: readonly string[];
	/** Where it keeps its data. */
	readonly dataRoot: string | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly signal: AbortSignal;
}

/** What this machine tells without any right that a usual user lacks. */
export async function machineFacts({ folders, dataRoot, env, signal }: MachineTools): Promise<MachineFacts> {
	const [smi, toolkit, specs, shm, disk] = await Promise.all([
		smiFacts({ env, signal }),
		toolkitVersion({ env, signal }),
		readCdiSpecs(folders),
		spaceOf('/dev/shm'),
		dataRoot === undefined ? undefined : spaceOf(dataRoot),
	]);
	return {
		driver: { ...adapters(), tool: smi.tool },
		units: smi.units,
		toolkit,
		specs: specs.map(({ file, devices }) => ({ file, names: devices?.map(({ name }) => name) })),
		unlinkedNodes: unlinkedNodes(),
		shm,
		disk,
	};
}

export function inotifyFacts(): InotifyFacts | undefined {
	const [watches, instances] = ['max_user_watches', 'max_user_instances'].map((name) =>
		Number.parseInt(readText(`/proc/sys/fs/inotify/${name}`), 10),
	);
	if (watches === undefined || instances === undefined || Number.isNaN(watches + instances)) return undefined;
	return { watches, instances };
}

type Asking = Pick<MachineTools, 'env' | 'signal'>;

/** Whoever asks what is wrong does not want to wait for what is. */
const patienceMs = 10_000;

/** Any program of the toolkit will do: they are released together. */
async function toolkitVersion(asking: Asking): Promise<string | undefined> {
	for (const program of ['nvidia-ctk', 'nvidia-container-cli', 'nvidia-container-runtime-hook']) {
		const answer = await askProgram(program, ['--version'], { ...asking, patience: patienceMs });
		const version = /version:? (\d+\.\d+\.\d+\S*)/i.exec(answer?.text ?? '')?.[1];
		if (version !== undefined) return version;
	}
	return undefined;
}

/** Asked for little first: only a tool that answers is asked for more. */
async function smiFacts(asking: Asking): Promise<Pick<MachineFacts, 'units'> & Pick<DriverFacts, 'tool'>> {
	const answer = await askProgram('nvidia-smi', ['-L'], { ...asking, patience: patienceMs });
	if (answer === undefined) return { units: [], tool: 'absent' };
	try {
		const inventory = answer.status === undefined ? undefined : await readSmi(asking);
		if (inventory === undefined || inventory === 'none')
			return { units: [], tool: { failure: firstLine(answer.text) } };
		return { units: unitsOf(inventory), tool: { version: inventory.driver ?? '', gpus: inventory.gpus.length } };
	} catch (error) {
		if (!(error instanceof LabcError)) throw error;
		return { units: [], tool: { failure: firstLine(answer.text) } };
	}
}

const firstLine = (text: string): string => text.split('\n')[0] || 'it tells of no GPU';

const nvidiaVendor = '0x10de';
/** VGA, and 3D without a display, as the PCI bus classes them. */
const displayClass = /^0x030[02]/;

function adapters(): Omit<DriverFacts, 'tool'> {
	const bus = '/sys/bus/pci/devices';
	const text = (device: string, file: string): string => readText(path.join(bus, device, file)).trim();
	const cards = listed(bus).filter(
		(device) => text(device, 'vendor') === nvidiaVendor && displayClass.test(text(device, 'class')),
	);
	const moduleVersion = /\s(\d+\.\d+(?:\.\d+)?)\s/.exec(readText('/proc/driver/nvidia/version'))?.[1];
	return { cards: cards.length, hasKfd: exists('/dev/kfd'), moduleVersion };
}

/** A link below `/dev/char` is named after the numbers of the node. */
function unlinkedNodes(): readonly string[] {
	const nodes = listed('/dev').filter((name) => /^nvidia(\d+|ctl|-uvm)$/.test(name));
	return nodes.map((name) => `/dev/${name}`).filter((node) => !exists(`/dev/char/${numbersOf(node)}`));
}

function numbersOf(node: string): string {
	const { rdev } = statSync(node);
	return `${(rdev >> 8) & 0xfff}:${(rdev & 0xff) | ((rdev >> 12) & 0xfff00)}`;
}

/** Undefined where it is not there or may not be looked at: an engine in a virtual machine has its folders elsewhere. */
async function spaceOf(folder: string): Promise<SpaceFacts | undefined> {
	try {
		const { bsize, blocks, bavail, files, ffree } = await statfs(folder);
		return { path: folder, total: blocks * bsize, free: bavail * bsize, files, freeFiles: ffree };
	} catch {
		return undefined;
	}
}

const listed = (folder: string): readonly string[] => attempt(() => readdirSync(folder)) ?? [];
const readText = (file: string): string => attempt(() => readFileSync(file, 'utf8')) ?? '';
const exists = (file: string): boolean => attempt(() => lstatSync(file)) !== undefined;

function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}
