import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ExitRules, judgeExits } from '../../../src/use-cases/exit-verdict.ts';
import type { ContainerExit } from '../../../src/use-cases/follow-logs-request.ts';
import { needs, project, service } from '../../support/plan-cases.ts';

const lab = project({
	services: {
		init: service(),
		job: service(),
		web: service({ depends_on: { init: needs('service_completed_successfully') } }),
	},
});

const exit = (name: string, exitCode: number, restarting = false): ContainerExit => ({
	name: `${name}-1`,
	service: name,
	containerId: name,
	exitCode,
	restarting,
});

const cases: readonly {
	when: string;
	rules: Partial<ExitRules>;
	early?: readonly ContainerExit[];
	late?: readonly ContainerExit[];
	ends: boolean;
	status: number;
}[] = [
	{ when: 'nothing was asked for', rules: {}, late: [exit('job', 3)], ends: false, status: 0 },
	{ when: 'a container ends', rules: { stopOn: 'exit' }, late: [exit('job', 3)], ends: true, status: 3 },
	{ when: 'one ends well', rules: { stopOn: 'exit' }, late: [exit('job', 0), exit('web', 143)], ends: true, status: 0 },
	{ when: 'one had ended before', rules: { stopOn: 'exit' }, early: [exit('job', 3)], ends: true, status: 3 },
	{ when: 'one is started again', rules: { stopOn: 'exit' }, late: [exit('job', 3, true)], ends: false, status: 0 },
	{ when: 'one ends well, but', rules: { stopOn: 'failure' }, late: [exit('job', 0)], ends: false, status: 0 },
	{
		when: 'the second one fails',
		rules: { stopOn: 'failure' },
		late: [exit('job', 0), exit('web', 4)],
		ends: true,
		status: 4,
	},
	{
		when: 'a job that others wait for ends well',
		rules: { stopOn: 'exit' },
		early: [exit('init', 0)],
		ends: false,
		status: 0,
	},
	{
		when: 'a job that others wait for fails',
		rules: { stopOn: 'exit' },
		early: [exit('init', 9)],
		ends: true,
		status: 9,
	},
	{
		when: 'another one ended first',
		rules: { exitCodeFrom: 'web' },
		late: [exit('job', 3), exit('web', 143)],
		ends: true,
		status: 143,
	},
	{
		when: 'the one that is asked has not ended',
		rules: { exitCodeFrom: 'web' },
		late: [exit('job', 3)],
		ends: true,
		status: 3,
	},
];

describe('judgeExits', () => {
	for (const { when, rules, early = [], late = [], ends, status } of cases) {
		test(`${when}: ${ends ? 'all end' : 'all go on'}, with ${status}`, () => {
			let isOver = false;
			const verdict = judgeExits(lab, { stopOn: undefined, exitCodeFrom: undefined, ...rules }, () => {
				isOver = true;
			});
			for (const one of early) verdict.take(one);
			assert.equal(isOver, false, 'nothing is over before everything is up');
			verdict.settle();
			for (const one of late) verdict.take(one);
			assert.deepEqual({ ends: isOver, status: verdict.status() }, { ends, status });
		});
	}
});
