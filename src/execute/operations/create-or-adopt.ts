import type { ContainerSpec, ContainerSummary } from '../../engine/container-api.ts';
import { LabcError } from '../../errors/labc-error.ts';
import { label } from '../../state/labels.ts';
import type { StepRun } from '../step-run.ts';
import { hasCode } from './refusal.ts';

/**
 * Makes the container. Where its name is taken by the very container that is wanted (a run that was cut off made it,
 * or another run did at the same moment), that one is adopted.
 */
export async function createOrAdopt(spec: ContainerSpec, run: StepRun): Promise<string> {
	await warnOfMissing(spec, run);
	try {
		const { id, warnings } = await run.engine.createContainer(spec);
		for (const message of warnings) run.emit({ type: 'warning', message: `container ${spec.name}: ${message}` });
		return id;
	} catch (error) {
		if (!hasCode(error, 'ENGINE_CONFLICT')) throw error;
		const holder = (await run.engine.listContainers([])).find(({ name }) => name === spec.name);
		if (holder === undefined) throw error;
		if (isSame(holder, spec)) return holder.id;
		throw nameTaken(holder, error);
	}
}

/** The engine's refusal names the path only. */
async function warnOfMissing({ boundFiles = [] }: ContainerSpec, { contents, emit }: StepRun): Promise<void> {
	for (const { kind, name, source } of boundFiles) {
		if (await contents.fileExists(source)) continue;
		emit({ type: 'warning', message: `${kind} file ${name} does not exist: \`${source}\`` });
	}
}

/** All that a container is compared by: one made from another image or other secrets is not the one that is wanted. */
const identity = [
	label.project,
	label.service,
	label.number,
	label.slug,
	label.configHash,
	label.image,
	label.contents,
] as const;

const isSame = (holder: ContainerSummary, spec: ContainerSpec): boolean =>
	identity.every((name) => holder.labels[name] === spec.labels[name]);

function nameTaken(holder: ContainerSummary, cause: LabcError): LabcError {
	const project = holder.labels[label.project];
	const owner = project === undefined ? 'which no Compose project made' : `of project \`${project}\``;
	return new LabcError(
		'ENGINE_CONFLICT',
		`container name \`${holder.name}\` is already in use by a container ${owner}`,
		{
			cause,
			hint: `Remove it with \`docker rm -f ${holder.name}\` if nobody needs it, or give the service another \`container_name\`.`,
		},
	);
}
