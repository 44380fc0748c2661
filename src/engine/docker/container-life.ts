import type { ContainerApi } from '../container-api.ts';
import type { EngineSession } from './session.ts';
import { unlessDone } from './unless-done.ts';

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
		await session.write(`unpause container \`${session.names.of(id)}\``, (docker) => docker.getContainer(id).unpause());
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
});
