import type { ContainerApi } from '../container-api.ts';
import type { EngineSession } from './session.ts';

interface RawProcesses {
	readonly Titles: readonly string[];
	readonly Processes?: readonly (readonly string[])[] | null;
}

export const processApi = (session: EngineSession): Pick<ContainerApi, 'containerProcesses'> => ({
	async containerProcesses(id) {
		const call = `list the processes of container \`${session.names.of(id)}\``;
		const raw = (await session.read(call, `/containers/${encodeURIComponent(id)}/top`)) as RawProcesses;
		return { titles: raw.Titles, processes: raw.Processes ?? [] };
	},
});
