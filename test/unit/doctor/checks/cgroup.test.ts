import { describe } from 'node:test';
import { checkCgroup } from '../../../../src/doctor/checks/cgroup.ts';
import { checkFindings } from '../../../support/check-findings.ts';
import { bare, engine, machine, silence } from '../../../support/doctor-facts.ts';

const unlinked = machine({ unlinkedNodes: ['/dev/nvidia0', '/dev/nvidiactl'] });

describe('the control groups', () => {
	checkFindings(checkCgroup, [
		{
			when: 'systemd knows every GPU',
			status: 'ok',
			summary: 'driver systemd, control groups v2, and /dev/char names every GPU',
		},
		{
			when: 'systemd would forget GPUs',
			given: { machine: unlinked },
			status: 'warn',
			summary: /\/dev\/char does not name \/dev\/nvidia0, \/dev\/nvidiactl$/,
			advice: /daemon-reload.*create-dev-char-symlinks/,
		},
		{
			when: 'systemd is not asked',
			given: { machine: unlinked, engine: engine({ machine: { cgroupDriver: 'cgroupfs', cgroupVersion: '1' } }) },
			status: 'ok',
			summary: 'driver cgroupfs, control groups v1',
		},
		{ when: 'there is no GPU', given: { machine: bare }, status: 'ok', summary: 'driver systemd, control groups v2' },
		{ when: 'the engine is elsewhere', given: { machine: undefined }, status: 'skip', summary: /another machine/ },
		{ when: 'no engine answers', given: { engine: silence }, status: 'skip', summary: 'no engine answers' },
	]);
});
