import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { ProcessProbe } from './judge-owner.ts';
import type { Owner } from './owner.ts';

/** The process at work, and what it can tell of the others of its machine. */
export interface Processes {
	self(): Owner;
	probe(pid: number): ProcessProbe;
}

/** This process as the owner of something new. Systems without `/proc` tell less, and nothing is judged there. */
export function thisProcess(): Owner {
	return {
		host: hostname(),
		machine: machineDigest(),
		boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
		namespace: attempt(
			() => `${readlinkSync('/proc/self/ns/pid')} ${attempt(() => readlinkSync('/proc/self/ns/time'))}`,
		),
		pid: process.pid,
		started: probeProcess(process.pid).started ?? '',
		user: userName(),
		token: crypto.randomUUID(),
	};
}

/**
 * Looks at a process of this machine. Where `/proc` hides other users' processes, a signal that is not sent still
 * tells that there is one.
 */
export function probeProcess(pid: number): ProcessProbe {
	const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
	if (stat === '') return { exists: canBeSignalled(pid), started: undefined };
	// The program's name stands in parentheses and may hold anything, blanks and parentheses too.
	const [state = '', ...later] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return { exists: !endedStates.has(state), started: later[startField] };
}

/** A process that has ended and whose parent has not asked for it yet. */
const endedStates: ReadonlySet<string> = new Set(['Z', 'X', 'x']);
/** The 22nd field of the line, counted from the one after the state. */
const startField = 18;

function canBeSignalled(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
	}
}

/** The system's own list first: Bun only knows what the environment says. */
function userName(): string {
	const uid = String(process.getuid?.() ?? '');
	const entries = attempt(() => readFileSync('/etc/passwd', 'utf8')).split('\n');
	const own = entries.map((line) => line.split(':')).find(([, , id]) => id === uid && uid !== '');
	const told = own?.[0] ?? attempt(() => userInfo().username);
	return told === '' || told === 'unknown' ? `uid ${uid}` : told;
}

/** The id itself is meant to stay on the machine. */
function machineDigest(): string {
	const id = attempt(() => readFileSync('/etc/machine-id', 'utf8').trim());
	if (id === '') return '';
	return process.getBuiltinModule('node:crypto').createHash('sha256').update(`labc ${id}`).digest('hex').slice(0, 16);
}

function attempt(read: () => string): string {
	try {
		return read();
	} catch {
		return '';
	}
}

export const realProcesses: Processes = { self: thisProcess, probe: probeProcess };
