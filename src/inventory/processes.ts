import { readFileSync } from 'node:fs';

/** The container a process of this machine runs in, from its control group; undefined for one of the host. */
export const containerOf = (pid: number): string | undefined => containerIn(readText(`/proc/${pid}/cgroup`));

const containerId = /(?:^|[/-])([0-9a-f]{64})(?:\.scope)?(?:$|\/)/m;

/** `/docker/ID`, `/system.slice/docker-ID.scope`, with anything before and behind. */
export const containerIn = (cgroup: string): string | undefined => containerId.exec(cgroup)?.[1];

/** Name of the user a process runs as, or its number where the machine knows no name. */
export function userOf(pid: number): string | undefined {
	const uid = /^Uid:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`))?.[1];
	if (uid === undefined) return undefined;
	const entry = readText('/etc/passwd')
		.split('\n')
		.find((line) => line.split(':')[2] === uid);
	return entry?.split(':')[0] ?? `uid ${uid}`;
}

/** When a process began, in seconds since the epoch. */
export const startOf = (pid: number): number | undefined =>
	startIn(readText(`/proc/${pid}/stat`), readText('/proc/stat'));

/** Linux tells everybody hundredths of a second, whatever its own clock counts. */
const ticks = 100;

/** From what the kernel tells of the process, and of the machine's boot. */
export function startIn(stat: string, machine: string): number | undefined {
	// A program's name may hold blanks and brackets.
	const fields = stat
		.slice(stat.lastIndexOf(')') + 1)
		.trim()
		.split(' ');
	const [after, boot] = [Number(fields[19]), Number(/^btime (\d+)$/m.exec(machine)?.[1])];
	return Number.isNaN(after) || Number.isNaN(boot) ? undefined : boot + Math.floor(after / ticks);
}

function readText(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
