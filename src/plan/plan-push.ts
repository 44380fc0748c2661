import type { LocateAttribute } from '../document/locate-attribute.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Plan } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { type Selection, selectServices } from './select-services.ts';

export interface PushOptions extends Selection {
	readonly locate?: LocateAttribute | undefined;
}

/** Pushes what the selected services are built as, each name once. What is not built here belongs to somebody else. */
export function planPush(project: Project, options: PushOptions): Plan {
	const plan = planBuilder();
	const asked = new Set(options.services);
	const pushed = new Set<string>();
	for (const [name, service] of selectServices(project, options)) {
		const lack = whatLacks(service, asked.has(name));
		if (lack !== undefined) {
			const message = `service \`${name}\` is not pushed: ${lack.message}`;
			const at = options.locate?.(['services', name]);
			plan.warn({ severity: 'warning', code: 'IMAGE_NOT_PUSHED', message, at, hint: lack.hint });
		}
		for (const image of pushedNames(service)) {
			if (pushed.has(image)) continue;
			pushed.add(image);
			plan.add({ type: 'image.push', service: name, image }, 'asked for');
		}
	}
	return plan.build();
}

/** Both or nothing, as docker compose has it: the tags of an image without a name of its own stay here too. */
const pushedNames = ({ image, build }: Service): readonly string[] =>
	build === undefined || image === undefined ? [] : [image, ...(build.tags ?? [])];

/** That somebody else's image is not pushed is told only to who asked for it. */
function whatLacks({ image, build }: Service, isAsked: boolean) {
	if (build === undefined) {
		return isAsked ? { message: 'it has no `build`', hint: 'Leave it out: its image is made elsewhere.' } : undefined;
	}
	return image === undefined
		? { message: 'it has no `image`', hint: 'Give it an `image` whose name says where to.' }
		: undefined;
}
