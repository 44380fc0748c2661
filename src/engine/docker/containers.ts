import type { ContainerApi, ContainerSummary } from '../container-api.ts';
import type { LabelFilter } from '../labels.ts';
import { archiveApi } from './archives.ts';
import { lifeApi } from './container-life.ts';
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
import { statsApi } from './stats.ts';

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

		async resizeContainer(id, { columns, rows }) {
			await session.change(`resize the terminal of container \`${session.names.of(id)}\``, {
				path: `/containers/${encodeURIComponent(id)}/resize`,
				query: { w: String(columns), h: String(rows) },
			});
		},

		attachContainer: (id, options) => attachContainer(session, id, options),
		containerLogs: (id, options, signal) => containerLogs(session, id, { ...options, signal }),
		...lifeApi(session),
		...archiveApi(session),
		...processApi(session),
		...statsApi(session),
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
