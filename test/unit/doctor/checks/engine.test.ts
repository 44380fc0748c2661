import { describe } from 'node:test';
import { checkEngine } from '../../../../src/doctor/checks/engine.ts';
import { checkFindings } from '../../../support/check-findings.ts';
import { engine, silence } from '../../../support/doctor-facts.ts';

const speaking = (version: string, apiVersion: string, negotiatedApiVersion = apiVersion) => ({
	engine: engine({ version: { version, apiVersion, negotiatedApiVersion, os: 'linux', arch: 'amd64' } }),
});

describe('the engine', () => {
	checkFindings(checkEngine, [
		{ when: 'it answers', status: 'ok', summary: 'Docker 28.5.2 (linux/amd64) answers, API 1.51' },
		{
			when: 'it is newer than labc',
			given: speaking('29.0.0', '1.52', '1.51'),
			status: 'ok',
			summary: /API 1.51 of its 1.52$/,
		},
		{ when: 'it is old', given: speaking('20.10.24', '1.41'), status: 'warn', summary: /20.10.24/, advice: /28\.3/ },
		{
			when: 'none answers',
			given: { engine: silence },
			status: 'fail',
			summary: 'no engine answers at unix:///run/docker.sock',
			advice: /Start it\./,
		},
		{
			when: 'none answers and nothing is known to help',
			given: { engine: { ...silence, hint: undefined } },
			status: 'fail',
			summary: /no engine/,
			advice: /systemctl start docker/,
		},
	]);
});
