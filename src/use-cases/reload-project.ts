import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import { type Change, planChanges } from '../plan/plan-changes.ts';
import { selectServices } from '../plan/select-services.ts';
import { type ReadText, watchedRules } from '../watch/watched-rules.ts';
import { bringUp } from './bring-up.ts';
import { describeFailure } from './describe-failure.ts';
import type { ProjectFiles, ReadProject } from './follow-project-files.ts';
import { previewUp } from './preview-up.ts';
import type { RunTools } from './run-tools.ts';
import type { WatchActionOptions } from './watch-actions.ts';

interface Reloading extends Pick<ProjectFiles, 'load'>, Pick<WatchActionOptions, 'builds'> {
	/** What is watched; none: all. */
	readonly services: readonly string[];
	readonly readText: ReadText;
	/** As it was declared until now. */
	readonly before: Project;
}

/**
 * Reads the project's files again, shows what comes of it for the services that are watched, and brings them to it.
 * What is wrong is told; then what runs goes on as it is, and there is no project.
 */
export async function reloadProject(
	file: string,
	tools: RunTools,
	{ services, readText, before, load, builds }: Reloading,
): Promise<ReadProject | undefined> {
	const changed = path.relative(before.workingDir, file);
	try {
		const read = await load();
		if (read.project.name !== before.name) throw renamed(before, read.project);
		const { rules } = watchedRules(selectServices(read.project, { services }), { readText, locate: read.locate });
		const watched = [...new Set(rules.map(({ service }) => service))];
		const project = buildingWhatChanged(read.project, before);
		const options = { services: watched, orphans: 'ignore', builds } as const;
		const { steps } = await previewUp(project, tools, options);
		tools.emit({ type: 'watch.reload', changed, changes: planChanges(steps).map(textOf) });
		if (steps.length > 0) await bringUp(project, tools, options);
		return read;
	} catch (error) {
		if (!tools.signal.aborted) {
			const reason = describeFailure(error, before.workingDir);
			const message = `\`${changed}\` changed and can't be followed: what runs goes on as it is\n${reason}`;
			tools.emit({ type: 'warning', message, hint: 'Mend it and save: it is read again.' });
		}
		return undefined;
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
