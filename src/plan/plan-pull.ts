import type { Project } from '../model/project.ts';
import { parsePullPolicy } from '../model/pull-policy.ts';
import type { Service } from '../model/service.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { imagePull } from './image-pull.ts';
import type { Plan } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { type Selection, selectServices } from './select-services.ts';

export interface PullOptions extends Selection {
	/** Over what the file says. */
	readonly policy?: 'missing' | 'always' | undefined;
	/** Leave what can be built. */
	readonly ignoreBuildable: boolean;
}

/** Pulls the images of the selected services, each once, however fresh they are. */
export function planPull(project: Project, { images }: Pick<ObservedState, 'images'>, options: PullOptions): Plan {
	const plan = planBuilder();
	const pulled = new Set<string>();
	for (const [name, service] of selectServices(project, options)) {
		const { image } = service;
		if (image === undefined || pulled.has(image) || isLeft(service, images.has(image), options)) continue;
		pulled.add(image);
		plan.add(imagePull({ name, service }, image, project), 'asked for');
	}
	return plan.build();
}

/** A policy that only asks how old an image is does not hold a pull back that a person asks for. */
function isLeft(service: Service, isThere: boolean, { policy, ignoreBuildable }: PullOptions): boolean {
	if (ignoreBuildable && service.build !== undefined) return true;
	const kind = policy ?? parsePullPolicy(service.pull_policy ?? 'always')?.kind;
	return kind === 'never' || kind === 'build' || (kind === 'missing' && isThere);
}
