import type { ContainerApi } from '../container-api.ts';
import type { Query } from './query.ts';
import type { EngineSession } from './session.ts';

type Life = Pick<
	ContainerApi,
	| 'stopContainer'
	| 'restartContainer'
	| 'pauseContainer'
	| 'unpauseContainer'
	| 'killContainer'
	| 'renameContainer'
	| 'removeContainer'
	| 'waitContainer'
>;

/** What happens to a container between its making and its end. */
export const lifeApi = (session: EngineSession): Life => ({
	async stopContainer(id, timeoutSeconds) {
		await act(session, id, { verb: 'stop', query: { t: timeoutSeconds?.toString() } });
	},

	async restartContainer(id, timeoutSeconds) {
		await act(session, id, { verb: 'restart', query: { t: timeoutSeconds?.toString() } });
	},

	async pauseContainer(id) {
		await act(session, id, { verb: 'pause' });
	},

	async unpauseContainer(id) {
		await act(session, id, { verb: 'unpause' });
	},

	async killContainer(id, signal) {
		await act(session, id, { verb: 'kill', query: { signal } });
	},

	async renameContainer(id, name) {
		const call = `rename container \`${session.names.of(id)}\` to \`${name}\``;
		await session.change(call, { path: `${pathOf(id)}/rename`, query: { name } });
		session.names.learn(id, name);
	},

	async removeContainer(id, { force, volumes }) {
		await session.change(`remove container \`${session.names.of(id)}\``, {
			method: 'DELETE',
			path: pathOf(id),
			query: { ...(force && { force: '1' }), ...(volumes && { v: '1' }) },
		});
	},

	async waitContainer(id, condition, signal) {
		const call = `wait for container \`${session.names.of(id)}\``;
		const ended = await session.change(call, { path: `${pathOf(id)}/wait`, query: { condition }, signal });
		return { exitCode: (ended as { readonly StatusCode: number }).StatusCode };
	},
});

const pathOf = (id: string): string => `/containers/${encodeURIComponent(id)}`;

const act = (
	session: EngineSession,
	id: string,
	{ verb, query = {} }: { readonly verb: string; readonly query?: Query },
): Promise<unknown> =>
	session.change(`${verb} container \`${session.names.of(id)}\``, { path: `${pathOf(id)}/${verb}`, query });
