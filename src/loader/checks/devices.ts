import type { DeviceRequest } from '../../model/deploy.ts';
import type { Service } from '../../model/service.ts';
import type { CheckContext } from './report.ts';

/** A request names devices or counts them. */
export function checkDeviceRequests(name: string, { gpus = [], deploy }: Service, { report }: CheckContext): void {
	const reserved = deploy?.resources.reservations?.devices ?? [];
	const lists: readonly (readonly [readonly string[], readonly DeviceRequest[]])[] = [
		[['gpus'], gpus],
		[['deploy', 'resources', 'reservations', 'devices'], reserved],
	];
	for (const [attribute, requests] of lists) {
		for (const [index, { count, device_ids }] of requests.entries()) {
			if (count === undefined || device_ids === undefined) continue;
			report({
				code: 'MODEL_INVALID',
				path: ['services', name, ...attribute, index, 'count'],
				message: `\`${attribute.join('.')}\` of service \`${name}\` has both \`count\` and \`device_ids\``,
				hint: 'Keep one of the two.',
			});
		}
	}
}
