import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { locateEngine } from '../../src/engine/docker/connect.ts';
import { RequestReader, type SeenRequest } from './request-reader.ts';

export type { SeenRequest } from './request-reader.ts';

/** A unix socket that passes everything on to an engine and keeps what was asked. */
export interface EngineProxy extends AsyncDisposable {
	/** What DOCKER_HOST says to come through here. */
	readonly host: string;
	requests(): readonly SeenRequest[];
	/** Requests that change something: anything but GET and HEAD. */
	writes(): readonly SeenRequest[];
	clear(): void;
	close(): Promise<void>;
}

export interface EngineProxyOptions {
	/** Of the socket; for callers other than the one who runs the test. */
	readonly mode?: number;
	/** The engine's own socket; by default the one the environment gives. */
	readonly enginePath?: string;
}

/** Listens in a folder of its own. Bytes pass untouched, hijacked connections too. */
export async function openEngineProxy({
	mode = 0o600,
	enginePath = engineSocket(),
}: EngineProxyOptions = {}): Promise<EngineProxy> {
	const folder = mkdtempSync(path.join(tmpdir(), 'labc-proxy-'));
	chmodSync(folder, 0o755);
	const listenPath = path.join(folder, 'engine.sock');
	const requests: SeenRequest[] = [];
	const open = new Set<Socket>();
	const server = createServer({ allowHalfOpen: true }, (client) => {
		const engine = connect({ path: enginePath, allowHalfOpen: true });
		const reader = new RequestReader((request) => requests.push(request));
		client.on('data', (chunk: Uint8Array) => reader.push(chunk));
		client.pipe(engine);
		engine.pipe(client);
		for (const [end, other] of [[client, engine] as const, [engine, client] as const]) {
			open.add(end);
			end.on('error', () => other.destroy());
			end.on('close', () => open.delete(end));
		}
	});
	await new Promise<void>((resolve, reject) => server.on('error', reject).listen(listenPath, resolve));
	chmodSync(listenPath, mode);
	const close = async (): Promise<void> => {
		const closed = new Promise((resolve) => server.close(resolve));
		for (const socket of open) socket.destroy();
		await closed;
		rmSync(folder, { recursive: true, force: true });
	};
	return {
		host: `unix://${listenPath}`,
		requests: () => [...requests],
		writes: () => requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD'),
		clear() {
			requests.length = 0;
		},
		close,
		[Symbol.asyncDispose]: close,
	};
}

function engineSocket(): string {
	const endpoint = locateEngine({ env: process.env, homeDir: homedir() });
	if (endpoint.kind !== 'unix') throw new Error(`the proxy needs an engine on a unix socket, not ${endpoint.address}`);
	return endpoint.socketPath;
}
