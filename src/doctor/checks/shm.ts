import { humanBinarySize } from '../../render/human-size.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { skipElsewhere } from './elsewhere.ts';

const check = 'shm';
const gib = 1024 ** 3;
/** Data loaders with `ipc: host` have this among them. */
const least = gib;

export function checkShm({ engine, machine }: Pick<Facts, 'engine' | 'machine'>): Finding {
	const starved = engine.answers ? engine.starved : [];
	if (starved.length > 0) {
		return {
			check,
			status: 'warn',
			summary: `${starved.join(', ')}: GPUs, and 64 MB of /dev/shm`,
			meaning: 'Data loaders with several workers end with `Bus error`.',
			fix: 'Give the service `shm_size: 8g`, or let labc choose with `x-labc: {shm: auto}`.',
		};
	}
	if (machine === undefined) return skipElsewhere(check);
	const { shm } = machine;
	if (shm === undefined) return { check, status: 'skip', summary: 'this machine has no /dev/shm' };
	const summary = `/dev/shm of this machine has ${humanBinarySize(shm.total)}, ${humanBinarySize(shm.free)} of it free`;
	if (shm.free >= least) return { check, status: 'ok', summary };
	return {
		check,
		status: 'warn',
		summary,
		meaning: 'Services with `ipc: host` share it, and end with `Bus error` where it is full.',
		fix: 'Remove what nobody uses there, or make it larger: `sudo mount -o remount,size=8g /dev/shm`.',
	};
}
