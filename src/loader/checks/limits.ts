import type { Service } from '../../model/service.ts';
import type { CheckContext } from './report.ts';

/** An attribute and its twin under `deploy` must not contradict each other. */
export function checkLimits(name: string, service: Service, { report }: CheckContext): void {
	for (const { attribute, value, twin, other } of [...countTwins(service), ...resourceTwins(service)]) {
		if (value === undefined || other === undefined || value === other) continue;
		report({
			code: 'MODEL_INVALID',
			path: ['services', name, attribute],
			message: `\`${attribute}\` and \`${twin}\` of service \`${name}\` differ: \`${value}\` and \`${other}\``,
			hint: 'Keep one of the two.',
		});
	}
	checkCounts(name, service, { report });
}

interface Twins {
	readonly attribute: string;
	readonly value: string | number | undefined;
	readonly twin: string;
	readonly other: string | number | undefined;
}

const countTwins = ({ scale, deploy }: Service): readonly Twins[] => [
	{ attribute: 'scale', value: scale, twin: 'deploy.replicas', other: deploy?.replicas },
];

/** Where limits or reservations are given, what they leave out is 0, and that contradicts too. */
function resourceTwins({ cpus, mem_limit, mem_reservation, pids_limit, deploy }: Service): readonly Twins[] {
	const { limits, reservations } = deploy?.resources ?? {};
	const limit = (attribute: 'cpus' | 'memory' | 'pids', value: string | number | undefined, name: string): Twins => ({
		attribute: name,
		value,
		twin: `deploy.resources.limits.${attribute}`,
		other: limits && (limits[attribute] ?? 0),
	});
	return [
		limit('cpus', cpus, 'cpus'),
		limit('memory', mem_limit, 'mem_limit'),
		limit('pids', pids_limit, 'pids_limit'),
		{
			attribute: 'mem_reservation',
			value: mem_reservation,
			twin: 'deploy.resources.reservations.memory',
			other: reservations && (reservations.memory ?? 0),
		},
	];
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
