import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface FakeEngine extends AsyncDisposable {
	readonly host: string;
	/** `GET /path`, in the order they came. */
	readonly seen: readonly string[];
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Speaks just enough of the API to be taken for an engine; `answer` says the rest. */
export async function openFakeEngine(answer: Answer): Promise<FakeEngine> {
	const folder = mkdtempSync(path.join(tmpdir(), 'labc-fake-'));
	const socket = path.join(folder, 'engine.sock');
	const seen: string[] = [];
	const server = createServer((request, response) => {
		seen.push(`${request.method} ${request.url}`);
		response.setHeader('Api-Version', '1.51');
		if (request.url === '/_ping') response.end('OK');
		else answer(request, response);
	});
	await new Promise<void>((resolve) => server.listen(socket, resolve));
	return {
		host: `unix://${socket}`,
		seen,
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
