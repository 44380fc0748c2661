import { describe } from 'node:test';
import { checkDisk } from '../../../../src/doctor/checks/disk.ts';
import type { SpaceFacts } from '../../../../src/doctor/facts.ts';
import { checkFindings } from '../../../support/check-findings.ts';
import { machine, silence, space } from '../../../support/doctor-facts.ts';
import { gib, mib } from '../../../support/gpu-cases.ts';

const disk = (given: Partial<SpaceFacts>) => ({ machine: machine({ disk: space(given) }) });

describe('the engine’s disk', () => {
	checkFindings(checkDisk, [
		{ when: 'there is room', status: 'ok', summary: '500GiB of 1000GiB are free, 90 % of its files (/var/lib/docker)' },
		{ when: 'files are not counted', given: disk({ files: 0 }), status: 'ok', summary: /are free \(/ },
		{ when: 'little is free', given: disk({ free: 19 * gib }), status: 'warn', summary: /^19GiB/, advice: /system df/ },
		{
			when: 'nothing is free',
			given: disk({ free: 900 * mib }),
			status: 'fail',
			summary: /^900MiB/,
			advice: /no space/,
		},
		{ when: 'few files can be made', given: disk({ freeFiles: 49 }), status: 'warn', summary: /4 % of its files/ },
		{ when: 'no file can be made', given: disk({ freeFiles: 9 }), status: 'fail', summary: /0 % of its files/ },
		{
			when: 'the folder is in a virtual machine',
			given: { machine: machine({ disk: undefined }) },
			status: 'skip',
			summary: '/var/lib/docker can’t be looked at from here',
		},
		{ when: 'the engine is elsewhere', given: { machine: undefined }, status: 'skip', summary: /another machine/ },
		{ when: 'no engine answers', given: { engine: silence }, status: 'skip', summary: 'no engine answers' },
	]);
});
