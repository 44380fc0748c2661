import type { Duplex } from 'node:stream';
import type { ContainerApi, ExecOptions } from '../container-api.ts';
import { consoleSize } from './convert/console-size.ts';
import type { EngineSession } from './session.ts';
import { duplexStream } from './streams/duplex-stream.ts';

type ExecApi = Pick<ContainerApi, 'createExec' | 'startExec' | 'startDetachedExec' | 'inspectExec' | 'resizeExec'>;

/** Commands run inside a container that is there already. */
export function execApi(session: EngineSession): ExecApi {
	return {
		async createExec(containerId, options) {
			const version = await session.apiVersion();
			const exec = await session.change(`run a command in container \`${session.names.of(containerId)}\``, {
				path: `/containers/${encodeURIComponent(containerId)}/exec`,
				body: { ...execBody(options), ...consoleSize(options.consoleSize, version) },
			});
			return { id: (exec as { readonly Id: string }).Id };
		},

		async startExec(execId, { tty, stdin }) {
			const connection = await session.stream(`start the command \`${execId}\``, (docker) =>
				docker.getExec(execId).start({ hijack: true, stdin, Tty: tty, Detach: false }),
			);
			return duplexStream(connection as Duplex, { tty });
		},

		async startDetachedExec(execId) {
			const request = { path: `/exec/${execId}/start`, body: { Detach: true } };
			await session.change(`start the command \`${execId}\``, request);
		},

		async inspectExec(execId) {
			const raw = (await session.read(`inspect the command \`${execId}\``, `/exec/${execId}/json`)) as RawExec;
			return { running: raw.Running, exitCode: raw.ExitCode ?? undefined };
		},

		async resizeExec(execId, { columns, rows }) {
			await session.change(`resize the terminal of the command \`${execId}\``, {
				path: `/exec/${execId}/resize`,
				query: { w: String(columns), h: String(rows) },
			});
		},
	};
}

interface RawExec {
	readonly Running: boolean;
	readonly ExitCode?: number | null;
}

const execBody = ({ command, tty, stdin, detach, environment, user, workingDir, privileged }: ExecOptions) => ({
	Cmd: [...command],
	Tty: tty,
	AttachStdin: stdin,
	AttachStdout: detach !== true,
	AttachStderr: detach !== true,
	...(environment !== undefined && { Env: [...environment] }),
	...(user !== undefined && { User: user }),
	...(workingDir !== undefined && { WorkingDir: workingDir }),
	...(privileged === true && { Privileged: true }),
});
