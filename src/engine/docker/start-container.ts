import { LabcError } from '../../errors/labc-error.ts';
import type { RawContainer } from './convert/observed-container.ts';
import { portInUse, takenPort } from './port-in-use.ts';
import type { EngineSession } from './session.ts';

/** Starts a container. Where a port is taken, the container that has it is looked up for the message. */
export async function startContainer(session: EngineSession, id: string): Promise<void> {
	const call = `start container \`${session.names.of(id)}\``;
	try {
		await session.change(call, { path: `/containers/${encodeURIComponent(id)}/start` });
	} catch (error) {
		if (!(error instanceof LabcError) || error.code !== 'PORT_IN_USE') throw error;
		const reason = String(error.cause);
		const port = takenPort(reason);
		const holder = port === undefined ? undefined : await portHolder(session, port);
		throw portInUse(reason, call, holder) ?? error;
	}
}

/** The running container that publishes `port`, or undefined: then it is a program of the host, or of nobody known. */
async function portHolder(session: EngineSession, port: number): Promise<string | undefined> {
	const running = (await session.read('list containers', '/containers/json')) as readonly RawContainer[];
	const holder = running.find(({ Ports: ports }) => ports?.some(({ PublicPort: taken }) => taken === port));
	return holder?.Names?.[0]?.replace(/^\//, '');
}
