import type { Service } from '../../model/service.ts';
import type { CheckContext } from './report.ts';

/** An attribute and its twin under `deploy` must not contradict each other. */
export function checkLimits(name: string, service: Service, { report }: CheckContext): void {
	const { scale, mem_limit, deploy } = service;
	const pairs = [
		{ attribute: 'scale', value: scale, twin: 'deploy.replicas', other: deploy?.replicas },
		{
			attribute: 'mem_limit',
			value: mem_limit,
			twin: 'deploy.resources.limits.memory',
			other: deploy?.resources.limits?.memory,
		},
	];
	for (const { attribute, value, twin, other } of pairs) {
		if (value === undefined || other === undefined || value === other) continue;
		report({
			code: 'MODEL_INVALID',
			path: ['services', name, attribute],
			message: `\`${attribute}\` and \`${twin}\` of service \`${name}\` differ`,
			hint: 'Keep one of the two.',
		});
	}
	checkCounts(name, service, { report });
}

function checkCounts(name: string, { scale, deploy }: Service, { report }: Pick<CheckContext, 'report'>): void {
	const counts = [
		{ path: ['scale'], count: scale },
		{ path: ['deploy', 'replicas'], count: deploy?.replicas },
	];
	for (const { path, count } of counts) {
		if (count === undefined || count >= 0) continue;
		report({
			code: 'MODEL_INVALID',
			path: ['services', name, ...path],
			message: `service \`${name}\` cannot run ${count} containers`,
			hint: 'Write 0 or more.',
		});
	}
}
