import { humanBinarySize } from '../../render/human-size.ts';
import type { Facts, SpaceFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { skipElsewhere, skipUnanswered } from './elsewhere.ts';

const check = 'disk';
const gib = 1024 ** 3;
/** One image with CUDA in it takes this much while it is unpacked. */
const scarce = 20 * gib;
const full = gib;
/** Of all the files there can be. */
const scarceFiles = 0.05;
const fullFiles = 0.01;

export function checkDisk({ engine, machine }: Pick<Facts, 'engine' | 'machine'>): Finding {
	if (!engine.answers) return skipUnanswered(check);
	if (machine === undefined) return skipElsewhere(check);
	const { disk } = machine;
	if (disk === undefined) {
		return { check, status: 'skip', summary: `${engine.machine.dataRoot} can’t be looked at from here` };
	}
	const status = statusOf(disk);
	const files = disk.files > 0 ? `, ${percent(disk.freeFiles / disk.files)} of its files` : '';
	const summary = `${humanBinarySize(disk.free)} of ${humanBinarySize(disk.total)} are free${files} (${disk.path})`;
	if (status === 'ok') return { check, status, summary };
	return {
		check,
		status,
		summary,
		meaning:
			status === 'fail'
				? 'Pulls, builds and containers that write fail with `no space left on device`.'
				: 'A large image may not find room.',
		fix: 'See with `docker system df` what takes it; `docker builder prune` and `docker image prune` free what nobody uses.',
	};
}

function statusOf({ free, files, freeFiles }: SpaceFacts): 'ok' | 'warn' | 'fail' {
	const share = files > 0 ? freeFiles / files : 1;
	if (free < full || share < fullFiles) return 'fail';
	return free < scarce || share < scarceFiles ? 'warn' : 'ok';
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`;
