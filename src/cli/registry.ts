import type { Command } from './command.ts';

type LoadCommand = () => Promise<{ readonly command: Command }>;

/** Every command by its words. Only the one that is called is imported: the others cost nothing at start. */
export const registry: Readonly<Record<string, LoadCommand>> = {
	'compose attach': () => import('./commands/compose/attach.ts'),
	'compose build': () => import('./commands/compose/build.ts'),
	'compose config': () => import('./commands/compose/config.ts'),
	'compose create': () => import('./commands/compose/create.ts'),
	'compose down': () => import('./commands/compose/down.ts'),
	'compose events': () => import('./commands/compose/events.ts'),
	'compose exec': () => import('./commands/compose/exec.ts'),
	'compose images': () => import('./commands/compose/images.ts'),
	'compose kill': () => import('./commands/compose/kill.ts'),
	'compose logs': () => import('./commands/compose/logs.ts'),
	'compose ls': () => import('./commands/compose/ls.ts'),
	'compose pause': () => import('./commands/compose/pause.ts'),
	'compose plan': () => import('./commands/compose/plan.ts'),
	'compose port': () => import('./commands/compose/port.ts'),
	'compose ps': () => import('./commands/compose/ps.ts'),
	'compose pull': () => import('./commands/compose/pull.ts'),
	'compose push': () => import('./commands/compose/push.ts'),
	'compose restart': () => import('./commands/compose/restart.ts'),
	'compose rm': () => import('./commands/compose/rm.ts'),
	'compose run': () => import('./commands/compose/run.ts'),
	'compose scale': () => import('./commands/compose/scale.ts'),
	'compose start': () => import('./commands/compose/start.ts'),
	'compose stats': () => import('./commands/compose/stats.ts'),
	'compose stop': () => import('./commands/compose/stop.ts'),
	'compose top': () => import('./commands/compose/top.ts'),
	'compose unpause': () => import('./commands/compose/unpause.ts'),
	'compose up': () => import('./commands/compose/up.ts'),
	'compose version': () => import('./commands/compose/version.ts'),
	'compose volumes': () => import('./commands/compose/volumes.ts'),
	'compose wait': () => import('./commands/compose/wait.ts'),
	'compose watch': () => import('./commands/compose/watch.ts'),
	doctor: () => import('./commands/doctor.ts'),
	gpu: () => import('./commands/gpu.ts'),
	'gpu cancel': () => import('./commands/gpu/cancel.ts'),
	'gpu queue': () => import('./commands/gpu/queue.ts'),
	'gpu top': () => import('./commands/gpu/top.ts'),
	version: () => import('./commands/version.ts'),
};

/** Names of the commands right below `group`: its own words for `compose`, the first words for ``. */
export function commandNames(group: string): readonly string[] {
	const prefix = group === '' ? '' : `${group} `;
	return Object.keys(registry)
		.filter((name) => name.startsWith(prefix) && !name.slice(prefix.length).includes(' '))
		.map((name) => name.slice(prefix.length));
}
