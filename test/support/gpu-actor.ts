import type { Project } from '../../src/model/project.ts';
import { label } from '../../src/state/labels.ts';
import type { ObservedContainer } from '../../src/state/observed-state.ts';
import { bringUp } from '../../src/use-cases/bring-up.ts';
import { restartServices } from '../../src/use-cases/restart-services.ts';
import type { RunTools } from '../../src/use-cases/run-tools.ts';
import { startServices } from '../../src/use-cases/start-services.ts';
import type { LiveContainer } from './in-memory/world.ts';
import { needs, project, service } from './plan-cases.ts';

/** What somebody asks labc for. */
export interface GpuRequest {
	/** So many, or those of these places. */
	readonly wants: number | readonly number[];
	readonly waits: boolean;
	readonly share: boolean;
	/** Whether the engine starts the container again when it has ended. */
	readonly restart: 'no' | 'always' | 'on-failure' | 'unless-stopped';
	/** Its container is made, and starts only after something else has come about. */
	readonly isLate: boolean;
	/** Make somebody's container anew, or start it again, instead of making another. */
	readonly verb: 'up' | 'recreate' | 'start';
}

export interface Part {
	readonly request: GpuRequest;
	readonly project: string;
	readonly tools: RunTools;
	/** The container of the project that runs, or ran, with GPUs. */
	old(): LiveContainer | undefined;
	/** Told of the containers there are when it is settled what each gets. */
	onChosen(there: readonly ObservedContainer[]): void;
}

/** One of labc's commands from its beginning to its end. */
export async function act({ tools, request, project: name, old, onChosen }: Part): Promise<void> {
	if (request.verb !== 'start') {
		return bringUp(projectFor(request, name), tools, {
			...(request.verb === 'recreate' && { recreate: 'force' }),
			...(request.waits && { gpuWait: {} }),
			expects: ({ state }) => onChosen(state.containers),
		});
	}
	const found = old();
	if (found === undefined) return;
	const target = { name, project: undefined };
	if (found.state === 'running') await restartServices(target, tools, { services: ['t'] });
	else await startServices(target, tools, { services: ['t'] });
}

/** One that is late waits for another service's health. */
function projectFor({ wants, share, restart, isLate }: GpuRequest, name: string): Project {
	const base = { networks: {}, network_mode: 'none' };
	const t = service({
		...base,
		restart,
		gpus: [typeof wants === 'number' ? { count: wants } : { device_ids: wants.map(String) }],
		...(isLate && { depends_on: { db: needs('service_healthy') } }),
	});
	const db = service({ ...base, healthcheck: { test: ['CMD', 'true'] } });
	return {
		...project({ services: isLate ? { db, t } : { t } }),
		name,
		labc: { project: { gpu: { share } }, services: new Map() },
	};
}

/** Ids of the GPUs that labc gave it. */
export const idsOf = (container: LiveContainer | undefined): readonly string[] =>
	(container?.spec.labels[label.gpuIds] ?? '').split(' ').filter(Boolean);
