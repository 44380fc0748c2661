import type { ImageDetails } from '../engine/image-api.ts';
import { isForPlatform } from '../engine/platform.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import { type PullPolicy, parsePullPolicy } from '../model/pull-policy.ts';
import type { Service } from '../model/service.ts';
import { hookImages, imageReference, mountedImages } from '../state/names.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { type ImagePull, imagePull } from './image-pull.ts';
import type { Plan } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { planProvisions } from './plan-provisions.ts';
import { type Selection, selectServices, withContainers } from './select-services.ts';
import type { UpOptions } from './up-options.ts';

export interface ImageOptions extends Selection, Pick<UpOptions, 'locate'> {
	/** `--pull`: over what the file says. */
	readonly pull?: string | undefined;
	/** `--build` builds what can be built; `--no-build` builds nothing. By default what is missing is built. */
	readonly build?: 'always' | 'missing' | 'never';
	/** Milliseconds since the epoch, for policies that ask how old an image is. */
	readonly now?: number;
}

/** Pulls and builds. A plan of its own: containers can only be compared with images that are there. */
export function planImages(project: Project, state: ObservedState, options: ImageOptions = {}): Plan {
	const plan = planBuilder();
	const builds = new Map<string, string>();
	const pulled = new Set<string>();
	const selected = selectServices(project, options);
	const pull = (operation: ImagePull, reason: string): void => {
		if (pulled.has(operation.image)) return;
		pulled.add(operation.image);
		plan.add(operation, reason);
	};
	planProvisions(selected, project, plan);
	for (const [name, service] of withContainers(selected)) {
		const image = imageReference(project, name, service);
		const want = wantedImage({ name, service, ...fittingImage(service, state.images.get(image)) }, options);
		if (want?.action === 'build') builds.set(name, `${name}: ${want.reason}`);
		if (want?.action === 'pull') pull(imagePull({ name, service }, image, project), want.reason);
		for (const [source, reason] of furtherImages(service)) {
			if (!state.images.has(source)) pull({ type: 'image.pull', service: name, image: source }, reason);
		}
	}
	if (builds.size > 0)
		plan.add({ type: 'image.build', services: [...builds.keys()].sort() }, [...builds.values()].sort());
	return plan.build();
}

/** One for another platform is none. */
function fittingImage({ platform }: Service, found: ImageDetails | undefined): Pick<ImageUse, 'image' | 'lack'> {
	if (found === undefined) return { image: undefined, lack: 'not found' };
	if (platform === undefined || isForPlatform(found.platform ?? '', platform)) return { image: found, lack: '' };
	return { image: undefined, lack: `for ${platform} not found, only for ${found.platform}` };
}

/** Images beside the one that the service's containers are made from, and why they are pulled where they are missing. */
const furtherImages = (service: Service): readonly (readonly [image: string, reason: string])[] => [
	...hookImages(service).map((image) => [image, 'needed by a hook, not found'] as const),
	...mountedImages(service).map((image) => [image, 'mounted, not found'] as const),
];

interface ImageUse {
	readonly name: string;
	readonly service: Service;
	/** Undefined where it is not there. */
	readonly image: ImageDetails | undefined;
	/** In which way it is not. */
	readonly lack: string;
}

interface WantedImage {
	readonly action: 'pull' | 'build';
	readonly reason: string;
}

function wantedImage(use: ImageUse, options: ImageOptions): WantedImage | undefined {
	const policy = policyOf(use, options);
	const { service } = use;
	if (service.build !== undefined && options.build !== 'never') {
		const reason = buildReason(use, policy, options);
		if (reason !== undefined && !isPulledFirst(service, policy, options)) return { action: 'build', reason };
	}
	if (service.image === undefined) return undefined;
	const reason = pullReason(use, policy, options);
	return reason === undefined ? undefined : { action: 'pull', reason };
}

function pullReason(
	{ service, image, lack }: ImageUse,
	policy: PullPolicy | undefined,
	{ now }: ImageOptions,
): string | undefined {
	if (policy?.kind === 'always') return 'pull policy is always';
	if (policy?.kind === 'never' || policy?.kind === 'build') return undefined;
	if (image === undefined) return lack;
	if (policy?.kind !== 'refresh') return undefined;
	if (now === undefined) throw new Error('the time is needed to tell how old an image is');
	const { lastTagged } = image;
	const isFresh = lastTagged !== undefined && now <= Date.parse(lastTagged) + policy.afterMs;
	return isFresh ? undefined : `pull policy is ${service.pull_policy}, last pulled ${lastTagged ?? 'never'}`;
}

function buildReason(
	{ image, lack }: ImageUse,
	policy: PullPolicy | undefined,
	{ build }: ImageOptions,
): string | undefined {
	if (build === 'always') return '`--build` was given';
	if (policy?.kind === 'build') return 'pull policy is build';
	return image === undefined ? `image ${lack}` : undefined;
}

const pullingKinds: readonly (PullPolicy['kind'] | undefined)[] = ['always', 'missing', 'refresh'];

/** An image that can be built is pulled only where somebody asked for that in so many words. */
const isPulledFirst = (service: Service, policy: PullPolicy | undefined, { build }: ImageOptions): boolean =>
	build !== 'always' && service.image !== undefined && pullingKinds.includes(policy?.kind);

/** The words of `--pull`; `if_not_present` is another one for `missing`. */
export const pullPolicies: readonly string[] = ['always', 'missing', 'never', 'build'];

/** The command's word, then the file's; undefined: nobody said, and what can be built is built before anything is pulled. */
function policyOf({ name, service }: ImageUse, { pull }: ImageOptions): PullPolicy | undefined {
	if (pull !== undefined && pull !== 'policy') return commandPolicy(pull);
	const given = service.pull_policy;
	if (given === undefined || given === '') return undefined;
	const policy = parsePullPolicy(given);
	if (policy !== undefined) return policy;
	throw new LabcError('VALUE_INVALID', `service \`${name}\`: there is no pull policy \`${given}\``, {
		hint: `Use one of ${pullPolicies.join(', ')}, daily, weekly, every_12h.`,
	});
}

function commandPolicy(pull: string): PullPolicy {
	const policy = parsePullPolicy(pull);
	if (policy !== undefined && (pullPolicies.includes(pull) || pull === 'if_not_present')) return policy;
	throw new LabcError('USAGE_INVALID', `there is no pull policy \`${pull}\` for the command line`, {
		hint: `Use one of ${pullPolicies.join(', ')}.`,
	});
}
