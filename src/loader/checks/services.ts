import { nodeAt } from '../../document/plain.ts';
import type { Service } from '../../model/service.ts';
import { checkBuild } from './build.ts';
import { checkDeviceRequests } from './devices.ts';
import { checkLimits } from './limits.ts';
import { checkMounts } from './mounts.ts';
import type { CheckContext } from './report.ts';
import { checkWatch } from './watch.ts';

/** What must hold inside each service. */
export function checkServices(context: CheckContext): void {
	for (const [name, service] of context.project.services) {
		checkImage(name, service, context);
		checkBuild(name, service, context);
		checkNetworkMode(name, service, context);
		checkHealthcheck(name, service, context);
		checkLimits(name, service, context);
		checkMounts(name, service, context);
		checkDeviceRequests(name, service, context);
		checkWatch(name, service, context);
		checkNumberOfContainers(name, service, context);
	}
}

function checkImage(name: string, { image, build, provider }: Service, { tree, report }: CheckContext): void {
	if (image !== undefined || build !== undefined || provider !== undefined) return;
	const path = ['services', name];
	const isEmpty = nodeAt(tree, [...path, 'image']) !== undefined;
	report({
		code: 'MODEL_INVALID',
		path: isEmpty ? [...path, 'image'] : path,
		message: `service \`${name}\` has neither an image nor a build${isEmpty ? ': its `image` is empty' : ''}`,
		hint: isEmpty ? 'Name an image, or set the variable that it is taken from.' : 'Add `image` or `build`.',
		causes: ['image', 'build', 'provider', 'extends'].map((attribute) => [...path, attribute]),
	});
}

function checkNetworkMode(name: string, { network_mode, networks }: Service, { report }: CheckContext): void {
	if (network_mode === undefined || networks === undefined) return;
	report({
		code: 'MODEL_INVALID',
		path: ['services', name, 'network_mode'],
		message: `service \`${name}\` has both \`network_mode\` and \`networks\``,
		hint: 'Keep one of the two.',
	});
}

function checkHealthcheck(name: string, { healthcheck }: Service, { report }: CheckContext): void {
	const kind = healthcheck?.test?.[0];
	if (kind === undefined || ['NONE', 'CMD', 'CMD-SHELL'].includes(kind)) return;
	report({
		code: 'MODEL_INVALID',
		path: ['services', name, 'healthcheck', 'test', 0],
		message: `the health check of \`${name}\` must start with \`NONE\`, \`CMD\` or \`CMD-SHELL\`, found \`${kind}\``,
		hint: 'Start the list with `CMD`, or write the command as one text.',
	});
}

function checkNumberOfContainers(
	name: string,
	{ container_name, scale, deploy }: Service,
	{ report }: CheckContext,
): void {
	const count = scale ?? deploy?.replicas ?? 1;
	if (container_name === undefined || count <= 1) return;
	report({
		code: 'MODEL_INVALID',
		path: ['services', name, 'container_name'],
		message: `service \`${name}\` cannot run ${count} containers under one \`container_name\``,
		hint: 'Remove `container_name`, or run one container.',
	});
}
