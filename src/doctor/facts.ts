import type { EngineMachine, EngineVersion } from '../engine/system-api.ts';
import type { GpuUnit } from '../gpu/inventory.ts';
import type { Liveness } from '../lock/judge-owner.ts';

/** All that the checks look at, gathered before any of them. */
export interface Facts {
	readonly engine: EngineFacts | EngineSilence;
	/** Of the engine's own machine; undefined where it runs on another, which can't be looked at from here. */
	readonly machine: MachineFacts | undefined;
	/** Of the machine that labc runs on: files are watched here. */
	readonly inotify: InotifyFacts | undefined;
}

export interface EngineFacts {
	readonly answers: true;
	readonly version: EngineVersion;
	readonly machine: EngineMachine;
	readonly locks: readonly LockFact[];
	/** Names of running containers that have GPUs and the engine's usual 64 MB of shared memory. */
	readonly starved: readonly string[];
}

/** No engine answers; in its own words. */
export interface EngineSilence {
	readonly answers: false;
	readonly message: string;
	readonly hint: string | undefined;
}

export interface LockFact {
	/** Of the project, or of what else is locked. */
	readonly name: string;
	/** `user ann (process 4711 on lab-box)` */
	readonly holder: string;
	readonly liveness: Liveness;
}

export interface MachineFacts {
	readonly driver: DriverFacts;
	/** What nvidia-smi tells; empty where it tells none. */
	readonly units: readonly GpuUnit[];
	/** Version of nvidia's container toolkit, `1.17.8`; undefined where no program of it was found. */
	readonly toolkit: string | undefined;
	/** CDI specs that were found, and those among them that can't be read. */
	readonly specs: readonly SpecFact[];
	/** NVIDIA device nodes without a link below `/dev/char`. */
	readonly unlinkedNodes: readonly string[];
	/** `/dev/shm`. */
	readonly shm: SpaceFacts | undefined;
	/** Where the engine keeps its data. */
	readonly disk: SpaceFacts | undefined;
}

export interface DriverFacts {
	/** NVIDIA display adapters on the PCI bus. */
	readonly cards: number;
	/** Whether AMD's compute node is there. */
	readonly hasKfd: boolean;
	/** Of the kernel module that is loaded. */
	readonly moduleVersion: string | undefined;
	/** nvidia-smi: not there, its own words where it failed, or what it told. */
	readonly tool: 'absent' | { readonly failure: string } | { readonly version: string; readonly gpus: number };
}

interface SpecFact {
	readonly file: string;
	/** CDI names; undefined where the file is no spec. */
	readonly names: readonly string[] | undefined;
}

/** Of a file system, in bytes. */
export interface SpaceFacts {
	readonly path: string;
	readonly total: number;
	readonly free: number;
	/** Zero where the file system does not count files. */
	readonly files: number;
	readonly freeFiles: number;
}

export interface InotifyFacts {
	/** How many files a user may watch. */
	readonly watches: number;
	/** How many programs of a user may watch. */
	readonly instances: number;
}
