import type { ContainerApi, ContainerSummary } from '../container-api.ts';
import type { LabelFilter } from '../labels.ts';
import { archiveApi } from './archives.ts';
import { attachContainer, containerLogs } from './container-streams.ts';
import {
	containerDetails,
	containerSummary,
	type RawContainer,
	type RawContainerDetails,
} from './convert/observed-container.ts';
import { createContainer } from './create-container.ts';
import { execApi } from './execs.ts';
import { processApi } from './processes.ts';
import { filters, withQuery } from './query.ts';
import type { EngineSession } from './session.ts';
import { startContainer } from './start-container.ts';
import { unlessDone } from './unless-done.ts';

export function containerApi(session: EngineSession): ContainerApi {
	return {
		listContainers: (labels) => listContainers(session, labels),

		async inspectContainer(id) {
			const path = `/containers/${encodeURIComponent(id)}/json`;
			return containerDetails(
				(await session.read(`inspect container \`${session.names.of(id)}\``, path)) as RawContainerDetails,
			);
		},

		createContainer: (spec) => createContainer(session, spec),
		startContainer: (id) => startContainer(session, id),

		async stopContainer(id, timeoutSeconds) {
			await session.write(`stop container \`${session.names.of(id)}\``, (docker) =>
				unlessDone(docker.getContainer(id).stop(timeoutSeconds === undefined ? {} : { t: timeoutSeconds })),
			);
		},

		async restartContainer(id, timeoutSeconds) {
			await session.write(`restart container \`${session.names.of(id)}\``, (docker) =>
				docker.getContainer(id).restart(timeoutSeconds === undefined ? {} : { t: timeoutSeconds }),
			);
		},

		async pauseContainer(id) {
			await session.write(`pause container \`${session.names.of(id)}\``, (docker) => docker.getContainer(id).pause());
		},

		async unpauseContainer(id) {
			await session.write(`unpause container \`${session.names.of(id)}\``, (docker) =>
				docker.getContainer(id).unpause(),
			);
		},

		async killContainer(id, signal) {
			await session.write(`kill container \`${session.names.of(id)}\``, (docker) =>
				docker.getContainer(id).kill({ signal }),
			);
		},

		async renameContainer(id, name) {
			await session.write(`rename container \`${session.names.of(id)}\` to \`${name}\``, (docker) =>
				docker.getContainer(id).rename({ name }),
			);
			session.names.learn(id, name);
		},

		async removeContainer(id, { force, volumes }) {
			await session.write(`remove container \`${session.names.of(id)}\``, (docker) =>
				docker.getContainer(id).remove({ force, v: volumes }),
			);
		},

		async waitContainer(id, condition, signal) {
			const ended = await session.write(`wait for container \`${session.names.of(id)}\``, (docker) =>
				docker.getContainer(id).wait({ condition, ...(signal !== undefined && { abortSignal: signal }) }),
			);
			return { exitCode: (ended as { readonly StatusCode: number }).StatusCode };
		},

		async resizeContainer(id, { columns, rows }) {
			await session.write(`resize the terminal of container \`${session.names.of(id)}\``, (docker) =>
				docker.getContainer(id).resize({ w: columns, h: rows }),
			);
		},

		attachContainer: (id, options) => attachContainer(session, id, options),
		containerLogs: (id, options, signal) => containerLogs(session, id, { ...options, signal }),
		...archiveApi(session),
		...processApi(session),
		...execApi(session),
	};
}

async function listContainers(session: EngineSession, labels: LabelFilter): Promise<readonly ContainerSummary[]> {
	const path = withQuery('/containers/json', { all: '1', filters: filters({ label: labels }) });
	const raw = (await session.read('list containers', path)) as readonly RawContainer[];
	const listed = raw.map(containerSummary);
	for (const { id, name } of listed) session.names.learn(id, name);
	return listed;
}
