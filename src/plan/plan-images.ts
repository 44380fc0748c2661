import { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { imageReference } from '../state/names.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { Plan } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { requireBuildSupported, requireSupported } from './require-supported.ts';
import { type Selection, selectServices } from './select-services.ts';
import type { UpOptions } from './up-options.ts';

export interface ImageOptions extends Selection, Pick<UpOptions, 'locate'> {
	/** `--pull`: over what the file says. */
	readonly pull?: string | undefined;
	/** `--build` builds what can be built; `--no-build` builds nothing. By default what is missing is built. */
	readonly build?: 'always' | 'missing' | 'never';
}

/** Pulls and builds. A plan of its own: containers can only be compared with images that are there. */
export function planImages(project: Project, state: ObservedState, options: ImageOptions = {}): Plan {
	const plan = planBuilder();
	const builds = new Map<string, string>();
	const pulled = new Set<string>();
	const selected = selectServices(project, options);
	requireSupported(selected, options);
	for (const [name, service] of selected) {
		const image = imageReference(project, name, service);
		const want = wantedImage({ name, service, isThere: state.images.has(image) }, options);
		if (want?.action === 'build') builds.set(name, `${name}: ${want.reason}`);
		if (want?.action !== 'pull' || pulled.has(image)) continue;
		pulled.add(image);
		plan.add({ type: 'image.pull', service: name, image }, want.reason);
	}
	requireBuildSupported(
		[...selected].filter(([name]) => builds.has(name)),
		options,
	);
	if (builds.size > 0)
		plan.add({ type: 'image.build', services: [...builds.keys()].sort() }, [...builds.values()].sort());
	return plan.build();
}

interface ImageUse {
	readonly name: string;
	readonly service: Service;
	readonly isThere: boolean;
}

interface WantedImage {
	readonly action: 'pull' | 'build';
	readonly reason: string;
}

function wantedImage(use: ImageUse, options: ImageOptions): WantedImage | undefined {
	const policy = pullPolicy(use, options);
	const { service, isThere } = use;
	if (service.build !== undefined && options.build !== 'never') {
		const reason = buildReason(isThere, policy, options);
		if (reason !== undefined && !isPulledFirst(service, policy, options)) return { action: 'build', reason };
	}
	if (service.image === undefined) return undefined;
	if (policy === 'always') return { action: 'pull', reason: 'pull policy is always' };
	const mayPull = policy === 'missing' || policy === undefined;
	return isThere || !mayPull ? undefined : { action: 'pull', reason: 'not found' };
}

function buildReason(isThere: boolean, policy: PullPolicy | undefined, { build }: ImageOptions): string | undefined {
	if (build === 'always') return '`--build` was given';
	if (policy === 'build') return 'pull policy is build';
	return isThere ? undefined : 'image not found';
}

/** An image that can be built is pulled only where somebody asked for that in so many words. */
const isPulledFirst = (service: Service, policy: PullPolicy | undefined, { build }: ImageOptions): boolean =>
	build !== 'always' && service.image !== undefined && (policy === 'always' || policy === 'missing');

type PullPolicy = (typeof policies)[number];

const policies = ['always', 'missing', 'never', 'build'] as const;

/** The words that say when an image is pulled; `if_not_present` is another one for `missing`. */
export const pullPolicies: readonly string[] = policies;

/** The command's word, then the file's; undefined: nobody said, and what can be built is built before anything is pulled. */
function pullPolicy({ name, service }: ImageUse, { pull }: ImageOptions): PullPolicy | undefined {
	const isOverridden = pull !== undefined && pull !== 'policy';
	const given = isOverridden ? pull : service.pull_policy;
	if (given === undefined || given === '') return undefined;
	const word = given === 'if_not_present' ? 'missing' : given;
	const policy = policies.find((known) => known === word);
	if (policy !== undefined) return policy;
	const where = isOverridden ? '' : `service \`${name}\`: `;
	throw new LabcError(
		isOverridden ? 'USAGE_INVALID' : 'ATTRIBUTE_UNSUPPORTED',
		`${where}pull policy \`${given}\` is not supported`,
		{
			hint: `Use one of ${pullPolicies.join(', ')}.`,
		},
	);
}
