import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import { type Change, planChanges } from '../plan/plan-changes.ts';
import { orphansOf } from '../plan/plan-orphans.ts';
import { selectServices } from '../plan/select-services.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import { type ReadText, watchedRules } from '../watch/watched-rules.ts';
import { bringUp } from './bring-up.ts';
import { describeFailure } from './describe-failure.ts';
import type { FileMarks, FollowedFiles } from './follow-project-files.ts';
import { notedReads } from './noted-reads.ts';
import { lookAhead } from './preview-up.ts';
import type { RunTools } from './run-tools.ts';
import type { WatchActionOptions } from './watch-actions.ts';

interface Reloading extends Pick<WatchActionOptions, 'builds'> {
	/** What is watched; none: all. */
	readonly services: readonly string[];
	readonly readText: ReadText;
	/** As it was declared until now. */
	readonly before: Project;
}

export interface Reloaded {
	/** Undefined where something is wrong with it, which was told: what runs goes on as it is. */
	readonly project: Project | undefined;
	/** To be followed from now on. */
	readonly files: FileMarks;
}

/** Reads the project's files again, shows what comes of it for the services that are watched, and brings them to it. */
export async function reloadProject(
	{ file, files, load, mark }: FollowedFiles,
	tools: RunTools,
	{ services, before, builds, ...reading }: Reloading,
): Promise<Reloaded> {
	const changed = path.relative(before.workingDir, file);
	const { readText, noted } = notedReads(reading.readText, mark);
	const again = await load();
	try {
		if ('error' in again) throw again.error;
		const { read } = again;
		if (read.project.name !== before.name) throw renamed(before, read.project);
		const { rules } = watchedRules(selectServices(read.project, { services }), { readText, locate: read.locate });
		const watched = [...new Set(rules.map(({ service }) => service))];
		const project = buildingWhatChanged(read.project, before);
		const options = { services: watched, orphans: 'ignore', builds } as const;
		const { plan, state } = await lookAhead(project, tools, options);
		const { steps } = plan;
		tools.emit({ type: 'watch.reload', changed, changes: planChanges(steps).map(textOf) });
		tellLeft(leftBy(read.project, before, state), tools.emit);
		if (steps.length > 0) await bringUp(project, tools, options);
		return { project: read.project, files: new Map([...again.files, ...noted]) };
	} catch (error) {
		if (!tools.signal.aborted) {
			const reason = describeFailure(error, before.workingDir);
			const until = 'what runs goes on as it is until it is mended and saved';
			tools.emit({ type: 'warning', message: `\`${changed}\` changed and can't be followed: ${until}\n${reason}` });
		}
		const others = [...files.keys()].map((each) => [each, mark(each)] as const);
		return { project: undefined, files: new Map([...others, ...again.files, ...noted]) };
	}
}

/** Containers of services that were declared before and are no longer. */
const leftBy = (project: Project, before: Project, state: ObservedState): readonly ObservedContainer[] =>
	orphansOf(project, state).filter(
		({ service }) => before.services.has(service) || before.disabledServices.has(service),
	);

function tellLeft(containers: readonly ObservedContainer[], emit: RunTools['emit']): void {
	for (const [service, own] of Map.groupBy(containers, (container) => container.service)) {
		const names = own.map(({ name }) => `\`${name}\``).join(', ');
		const left = own.some(({ state }) => state === 'running') ? 'runs on' : 'is left';
		const message = `service \`${service}\` is no longer declared: ${names} ${left}`;
		emit({ type: 'warning', message, hint: 'Run `labc compose up -d --remove-orphans` to remove it.' });
	}
}

const renamed = (before: Project, after: Project): LabcError =>
	new LabcError('MODEL_INVALID', `the project is \`${before.name}\`, and would be another one, \`${after.name}\``, {
		hint: `End the watch and start it again to work on \`${after.name}\`.`,
	});

const textOf = ({ verb, subject, reasons, destroysData }: Change): string =>
	`${verb} ${subject}${destroysData ? ' (destroys data)' : ''}: ${reasons.join('; ')}`;

/** An image is there already; one that would be built in another way now is built. */
const buildingWhatChanged = (project: Project, before: Project): Project => ({
	...project,
	services: new Map(
		[...project.services].map(([name, service]) => {
			const isSame = isDeepStrictEqual(service.build, before.services.get(name)?.build);
			return [name, service.build === undefined || isSame ? service : { ...service, pull_policy: 'build' }];
		}),
	),
});
