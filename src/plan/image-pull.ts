import type { Project } from '../model/project.ts';
import type { Declared } from './declared.ts';
import type { Operation } from './plan.ts';

export type ImagePull = Extract<Operation, { readonly type: 'image.pull' }>;

/** The pull of what a service's containers are made from, for the platform that they run on. */
export function imagePull({ name, service }: Declared, image: string, { defaultPlatform }: Project): ImagePull {
	const platform = service.platform ?? defaultPlatform;
	return { type: 'image.pull', service: name, image, ...(platform !== undefined && { platform }) };
}
