import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { EngineFacts, EngineSilence, Facts } from './facts.ts';
import { listLocks } from './list-locks.ts';
import { inotifyFacts, machineFacts } from './machine-facts.ts';
import { starvedContainers } from './starved-containers.ts';

export interface GatherTools {
	engine(): Promise<Engine>;
	/** Whether the engine runs on this machine. */
	readonly isLocal: boolean;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly signal: AbortSignal;
}

/** Looks at everything once and changes nothing. What can't be looked at is a fact, too. */
export async function gatherFacts({ engine, isLocal, env, signal }: GatherTools): Promise<Facts> {
	const found = await engineFacts(engine);
	const folders = found.answers ? found.machine.cdiFolders : [];
	const dataRoot = found.answers ? found.machine.dataRoot : undefined;
	const machine = isLocal ? await machineFacts({ folders, dataRoot, env, signal }) : undefined;
	return { engine: found, machine, inotify: inotifyFacts() };
}

async function engineFacts(connect: GatherTools['engine']): Promise<EngineFacts | EngineSilence> {
	try {
		const engine = await connect();
		const [version, machine, locks, starved] = await Promise.all([
			engine.version(),
			engine.machine(),
			listLocks(engine),
			starvedContainers(engine),
		]);
		return { answers: true, version, machine, locks, starved };
	} catch (error) {
		if (!(error instanceof LabcError)) throw error;
		return { answers: false, message: error.message, hint: error.hint };
	}
}
