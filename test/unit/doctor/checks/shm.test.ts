import { describe } from 'node:test';
import { checkShm } from '../../../../src/doctor/checks/shm.ts';
import { checkFindings } from '../../../support/check-findings.ts';
import { engine, machine, silence, space } from '../../../support/doctor-facts.ts';
import { gib, mib } from '../../../support/gpu-cases.ts';

const shm = (total: number, free: number) => ({ machine: machine({ shm: space({ path: '/dev/shm', total, free }) }) });

describe('shared memory', () => {
	checkFindings(checkShm, [
		{ when: 'there is enough', status: 'ok', summary: '/dev/shm of this machine has 64GiB, 60GiB of it free' },
		{
			when: 'containers with GPUs have too little',
			given: { engine: engine({ starved: ['lab-t-1', 'lab-t-2'] }) },
			status: 'warn',
			summary: 'lab-t-1, lab-t-2: GPUs, and 64 MB of /dev/shm',
			advice: /shm_size: 8g/,
		},
		{
			when: 'it is full',
			given: shm(64 * gib, 3 * mib),
			status: 'warn',
			summary: /3MiB of it free/,
			advice: /remount/,
		},
		{ when: 'it is small', given: shm(64 * mib, 64 * mib), status: 'warn', summary: /has 64MiB/ },
		{
			when: 'no engine answers',
			given: { engine: silence },
			status: 'ok',
			summary: /60GiB of it free/,
		},
		{ when: 'there is no such folder', given: { machine: machine({ shm: undefined }) }, status: 'skip', summary: /no/ },
		{ when: 'the engine is elsewhere', given: { machine: undefined }, status: 'skip', summary: /another machine/ },
	]);
});
