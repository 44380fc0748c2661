import { readList } from '../engine/unread.ts';
import type { GpuAsk } from '../gpu/allot.ts';
import type { GpuBox } from '../gpu/box.ts';
import { serviceWish } from '../gpu/service-wish.ts';
import type { GpuWish } from '../gpu/wish.ts';
import { parseByteSize } from '../model/byte-size.ts';
import type { Project } from '../model/project.ts';
import { inRole } from '../state/gpu-container.ts';
import { imageReference } from '../state/names.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import type { ServiceDecision } from './service-decision.ts';

type Settings = NonNullable<Project['labc']['project']['gpu']>;

/** A service that asks for GPUs, or sees some. */
export interface Asker extends Declared {
	/** Undefined for a one-off. */
	readonly decision: ServiceDecision | undefined;
	readonly wish: GpuWish;
	readonly settings: Settings;
}

export function askerOf(
	{ name, service, decision }: Declared & Pick<Asker, 'decision'>,
	{ project, state, box }: { readonly project: Project; readonly state: ObservedState; readonly box: GpuBox },
): readonly Asker[] {
	const image = state.images.get(imageReference(project, name, service));
	const runtime = box.inventory.defaultRuntime;
	const wish = serviceWish(service, { imageEnvironment: readList(image?.config['Env']), runtime });
	const settings = { ...project.labc.project.gpu, ...project.labc.services.get(name)?.gpu };
	return wish === undefined ? [] : [{ name, service, decision, wish: inRole(wish, service.labels ?? {}), settings }];
}

/** What a service wants of this engine's GPUs, and on which terms. */
export interface Need extends Declared, Pick<GpuAsk, 'wish' | 'terms' | 'policy'>, Pick<Asker, 'decision'> {
	/** Its containers do without. */
	readonly isDropped: boolean;
}

/** None where the engine has no such GPU, which is asked as the file says. */
export function needOf({ name, service, decision, wish, settings }: Asker, box: GpuBox): readonly Need[] {
	const { share = false, memory, optional = false, policy = 'spread' } = settings;
	const hasSome = box.inventory.gpus.some(({ vendor }) => vendor === wish.vendor);
	const isDropped = box.mode === 'none' || (!hasSome && !box.isUntold && (optional || box.mode === 'optional'));
	if (!hasSome && !isDropped) return [];
	const bytes = memory === undefined ? undefined : Number(parseByteSize(String(memory)) ?? 0n);
	const terms = { share, memory: bytes === 0 ? undefined : bytes };
	return [{ name, service, decision, wish, terms, policy, isDropped }];
}
