import type { Engine } from '../engine/engine.ts';
import { unixSeconds } from '../engine/unix-seconds.ts';
import type { VolumeApi, VolumeSummary } from '../engine/volume-api.ts';
import { judgeOwner, type Liveness } from '../lock/judge-owner.ts';
import { listNumbered } from '../lock/lock-volume.ts';
import { type Owner, ownerLabels, readOwner } from '../lock/owner.ts';
import { removeOwn, removeQuietly } from '../lock/remove-own.ts';
import type { Processes } from '../lock/this-process.ts';
import { makeNumbered } from './numbered.ts';

/** Volumes by which those who wait or are about to start show that they live, to whom can't look at their process. */
export const signPrefix = 'labc-gpu-alive.';

/** How often a sign is given; who has given none for several times as long has ended. */
const signEveryMs = 60_000;
const silentSeconds = 300;

export interface JudgeTools {
	readonly engine: Pick<Engine, 'listVolumes' | 'machine'>;
	readonly owner: Owner;
	readonly breaksUnknown: boolean;
	readonly processes: Processes;
}

/**
 * Whose volumes these are and whether they live. Of an owner that can't be looked at, the volume's own age and the
 * signs that it gives tell, by the engine's clock alone; where nothing tells, nothing is proven.
 */
export async function judgeVolumes(
	volumes: readonly VolumeSummary[],
	{ engine, owner, breaksUnknown, processes }: JudgeTools,
): Promise<readonly (Liveness | 'own')[]> {
	const judged = volumes.map((volume) => {
		const other = readOwner(volume.labels);
		return { volume, other, verdict: judgeOwner(other, owner, processes.probe) };
	});
	const isOwn = (other: Owner | undefined): boolean => other?.token === owner.token;
	const isOpen = judged.some(({ other, verdict }) => verdict === 'unknown' && !isOwn(other));
	const isSilent = isOpen && !breaksUnknown ? await silenceOn(engine) : () => breaksUnknown;
	return judged.map(({ volume, other, verdict }) => {
		if (isOwn(other)) return 'own';
		return verdict === 'unknown' && isSilent(volume, other) ? 'dead' : verdict;
	});
}

type Silence = (volume: VolumeSummary, owner: Owner | undefined) => boolean;

async function silenceOn(engine: JudgeTools['engine']): Promise<Silence> {
	const [{ time }, signs] = await Promise.all([engine.machine(), listNumbered(engine, signPrefix)]);
	return (volume, owner) => {
		const own = signs.flatMap(({ volume: sign }) =>
			owner !== undefined && readOwner(sign.labels)?.token === owner.token ? [sign] : [],
		);
		const times = [volume, ...own].map(({ settings }) => unixSeconds(settings?.['CreatedAt']));
		if (time === undefined || times.includes(undefined)) return false;
		return times.every((at) => (at ?? time) < time - silentSeconds);
	};
}

/** The signs that a process gives as long as it has something that others have to judge. */
export interface Signs {
	need(what: string): void;
	/** Where nothing needs them any more, they end. */
	end(what: string): Promise<void>;
}

export function signsOf(engine: VolumeApi, owner: Owner): Signs {
	const needs = new Set<string>();
	let given = Promise.resolve();
	let hasGiven = false;
	let timer: NodeJS.Timeout | undefined;
	const give = (): void => {
		hasGiven = true;
		// One after the other; an engine that does not answer now is told at the next time.
		given = given.then(() => giveSign(engine, owner)).catch(() => undefined);
	};
	return {
		need(what) {
			needs.add(what);
			timer ??= setInterval(give, signEveryMs);
			timer.unref();
		},
		async end(what) {
			needs.delete(what);
			if (needs.size > 0) return;
			clearInterval(timer);
			timer = undefined;
			await given;
			if (hasGiven) await removeOwn(signPrefix, owner, engine);
			hasGiven = false;
		},
	};
}

/** A new one first, so that there is always one. */
async function giveSign(engine: VolumeApi, owner: Owner): Promise<void> {
	const made = await makeNumbered(engine, signPrefix, { labels: ownerLabels(owner), owner });
	for (const { number, volume } of await listNumbered(engine, signPrefix)) {
		const isOwn = readOwner(volume.labels)?.token === owner.token;
		if (isOwn && number !== made) await removeQuietly(volume.name, engine);
	}
}
