import type { Labels } from '../engine/labels.ts';

/** Who holds something on the engine: enough to name the process, and to tell from the same machine whether it lives. */
export interface Owner {
	/** Name of the machine, as people know it. */
	readonly host: string;
	/** Digest of the machine's own id; empty where it has none. */
	readonly machine: string;
	/** Id of the machine's current boot; empty where the system tells none. */
	readonly boot: string;
	/** The process namespace in which `pid` means something. */
	readonly namespace: string;
	readonly pid: number;
	/** When the process began, in the kernel's ticks: numbers of ended processes are given out again. */
	readonly started: string;
	readonly user: string;
	/** Tells apart what one process holds several times over. */
	readonly token: string;
}

const labelPrefix = 'labc.owner.';
const fields = ['host', 'machine', 'boot', 'namespace', 'pid', 'started', 'user', 'token'] as const;

/** Labels of labc's own: no tool that looks for a project's resources finds what carries them. */
export const ownerLabels = (owner: Owner): Labels =>
	Object.fromEntries(fields.map((field) => [`${labelPrefix}${field}`, String(owner[field])]));

/** Undefined where the labels are not (or not yet) those of an owner. */
export function readOwner(labels: Labels): Owner | undefined {
	const text = (field: (typeof fields)[number]): string | undefined => labels[`${labelPrefix}${field}`];
	const [host, machine, boot, namespace] = [text('host'), text('machine'), text('boot'), text('namespace')];
	const [started, user, token] = [text('started'), text('user'), text('token')];
	const pid = Number(text('pid'));
	if (host === undefined || machine === undefined || boot === undefined || namespace === undefined) return undefined;
	if (started === undefined || user === undefined || token === undefined) return undefined;
	if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
	return { host, machine, boot, namespace, pid, started, user, token };
}

/** `user ann (process 4711 on lab-box)` */
export const describeOwner = (owner: Owner | undefined): string =>
	owner === undefined
		? 'a process that can’t be named yet'
		: `user ${owner.user} (process ${owner.pid} on ${owner.host})`;
