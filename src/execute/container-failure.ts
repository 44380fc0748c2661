import type { ContainerApi, ContainerDetails } from '../engine/container-api.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { AwaitCondition } from '../plan/plan.ts';
import type { Failure } from './judge-container.ts';
import { readLastLines } from './read-last-lines.ts';

export interface FailedContainer {
	readonly service: string;
	readonly name: string;
	readonly details: ContainerDetails;
	readonly condition: AwaitCondition;
	readonly failure: Failure;
	/** The container runs that `pre_start` hook of the service. */
	readonly preStart?: number | undefined;
}

/** Docker compose's sentence, followed by what the engine knows of the cause: it spares the next three commands. */
export async function containerFailure(
	engine: Pick<ContainerApi, 'containerLogs'>,
	failed: FailedContainer,
): Promise<LabcError> {
	const lines = await readLastLines(engine, failed.details);
	const evidence = [
		...(failed.details.state.oomKilled ? ['the kernel killed it: it wanted more memory than it may have'] : []),
		...(failed.details.state.error === '' ? [] : [`the engine says: ${failed.details.state.error}`]),
		...probeEvidence(failed),
		...(lines.length === 0 ? ['it wrote no log'] : ['the end of its log:', ...lines.map((line) => `  ${line}`)]),
	];
	const code = failed.failure.problem === 'unhealthy' ? 'CONTAINER_UNHEALTHY' : 'CONTAINER_EXITED';
	return new LabcError(
		failed.failure.problem === 'no health check' ? 'MODEL_INVALID' : code,
		[headlineOf(failed), ...(failed.failure.problem === 'no health check' ? [] : evidence)].join('\n'),
		{ hint: hintOf(failed) },
	);
}

function headlineOf({ service, name, condition, details, failure, preStart }: FailedContainer): string {
	const exit = details.state.exitCode;
	if (preStart !== undefined)
		return `pre_start hook of service "${service}" didn't complete successfully: exit ${exit}`;
	const sentences: Readonly<Record<Failure['problem'], string>> = {
		exited: `container ${name} exited (${exit})`,
		unhealthy: `container ${name} is unhealthy`,
		'no health check': `container ${name} has no healthcheck configured`,
		incomplete: `service "${service}" didn't complete successfully: exit ${exit}`,
	};
	const prefix = condition === 'service_healthy' ? 'dependency failed to start: ' : '';
	return `${prefix}${sentences[failure.problem]}`;
}

function probeEvidence({ failure, details }: FailedContainer): readonly string[] {
	if (failure.problem !== 'unhealthy') return [];
	const probe = details.state.lastProbe?.trim() ?? '';
	if (probe === '') return ['its last health check said nothing'];
	return ['its last health check said:', ...probe.split('\n').map((line) => `  ${line}`)];
}

function hintOf({ service, name, failure, details, preStart }: FailedContainer): string {
	if (failure.problem === 'no health check') {
		return `Give service \`${service}\` a \`healthcheck\`, or depend on it with \`condition: service_started\`.`;
	}
	if (details.state.oomKilled) return `Raise the memory limit of service \`${service}\`, or let it use less.`;
	if (preStart !== undefined) {
		return `Mend hook ${preStart + 1} under \`pre_start\` of service \`${service}\`; \`docker logs ${name}\` shows all that it wrote.`;
	}
	if (failure.problem === 'unhealthy') {
		return `Try its \`healthcheck.test\` by hand: \`labc compose exec ${service} sh\`.`;
	}
	return hintByExitCode[details.state.exitCode]?.(service) ?? `Read its log: \`labc compose logs ${service}\`.`;
}

const hintByExitCode: Readonly<Record<number, (service: string) => string>> = {
	0: (service) =>
		`Depend on \`${service}\` with \`condition: service_completed_successfully\` if it is a job that ends by itself.`,
	126: (service) => `Check \`command\` and \`entrypoint\` of service \`${service}\`: the program can't be executed.`,
	127: (service) => `Check \`command\` and \`entrypoint\` of service \`${service}\`: the program was not found.`,
};
