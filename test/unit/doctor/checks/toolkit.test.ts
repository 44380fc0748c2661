import { describe } from 'node:test';
import { checkToolkit } from '../../../../src/doctor/checks/toolkit.ts';
import { checkFindings } from '../../../support/check-findings.ts';
import { bare, engine, machine, silence } from '../../../support/doctor-facts.ts';

const version = (toolkit: string) => ({ machine: machine({ toolkit }) });
const unknown = machine({ toolkit: undefined });
const holes = (...ids: readonly string[]) => new RegExp(`has known holes: ${ids.join(', ')}$`);
const latest = 'CVE-2026-24260';
const scape = ['CVE-2025-23266', 'CVE-2025-23267', latest];

describe('the container toolkit', () => {
	checkFindings(checkToolkit, [
		{ when: 'it has no known hole', status: 'ok', summary: 'NVIDIA container toolkit 1.19.1' },
		{ when: 'it is newer', given: version('1.20.0-rc.1'), status: 'ok', summary: /1\.20\.0/ },
		{ when: 'it is much newer', given: version('2.0'), status: 'ok', summary: /2\.0/ },
		{
			when: 'it is 1.19.0',
			given: version('1.19.0'),
			status: 'fail',
			summary: holes(latest),
			advice: /root.*1\.19\.1 or newer/,
		},
		{ when: 'it is 1.17.8', given: version('1.17.8'), status: 'fail', summary: holes(latest) },
		{ when: 'it is 1.17.7', given: version('1.17.7'), status: 'fail', summary: holes(...scape) },
		{ when: 'it is 1.17.4', given: version('1.17.4-1'), status: 'fail', summary: holes(...scape) },
		{
			when: 'it is 1.17.3',
			given: version('1.17.3'),
			status: 'fail',
			summary: holes('CVE-2025-23359', ...scape),
		},
		{ when: 'it is 1.17.2', given: version('1.17.2'), status: 'fail', summary: /holes: CVE-2024-0135, CVE-2024-0136/ },
		{ when: 'it is 1.16.2', given: version('1.16.2'), status: 'fail', summary: /holes: CVE-2024-0134/ },
		{ when: 'it is 1.16.1', given: version('1.16.1'), status: 'fail', summary: /holes: CVE-2024-0132, CVE-2024-0133/ },
		{ when: 'it is 1.9.0', given: version('1.9.0'), status: 'fail', summary: /holes: CVE-2024-0132/ },
		{
			when: 'no GPU is seen, and the engine knows nvidia’s runtime',
			given: { machine: bare, engine: engine({ machine: { runtimes: ['nvidia', 'runc'] } }) },
			status: 'warn',
			summary: /tells a version$/,
		},
		{ when: 'nothing needs it', given: { machine: bare }, status: 'ok', summary: /^not installed/ },
		{
			when: 'GPUs need it',
			given: { machine: unknown, engine: engine({ machine: { devices: [] } }) },
			status: 'fail',
			summary: /is not installed/,
			advice: /nvidia-ctk runtime configure/,
		},
		{
			when: 'GPUs need it and no engine tells whether it is there',
			given: { machine: unknown, engine: silence },
			status: 'fail',
			summary: /is not installed/,
		},
		{
			when: 'it is there and tells no version',
			given: { machine: unknown },
			status: 'warn',
			summary: /tells a version/,
		},
		{ when: 'the engine is elsewhere', given: { machine: undefined }, status: 'skip', summary: /another machine/ },
	]);
});
