import type { IncomingMessage } from 'node:http';
import type { Endpoint } from './endpoint-address.ts';
import { isBrokenOff } from './engine-errors.ts';

export interface JsonRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** With its query. */
	readonly path: string;
	/** An archive, or what is sent as JSON. */
	readonly body?: Uint8Array<ArrayBuffer> | object | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** What an engine answers. Statuses of 300 and more are answers too. */
export interface JsonAnswer {
	readonly status: number;
	readonly apiVersion: string | undefined;
	/** Parsed JSON; the text itself where it is none. */
	readonly body: unknown;
}

/** An answer whose body comes bit by bit, for as long as the engine has something to tell. */
export interface JsonStream extends Omit<JsonAnswer, 'body'> {
	readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends JSON and archives, and reads JSON, without dockerode, which takes longer to load than most commands take in all. Rejects with
 * an error whose `code` says why where nothing answers.
 */
export interface JsonDoor {
	send(request: JsonRequest): Promise<JsonAnswer>;
	/** A GET whose answer has no end before the signal aborts. */
	listen(path: string, signal: AbortSignal): Promise<JsonStream>;
}

export interface DoorOptions {
	/** How long an engine may take to answer a GET before it counts as silent. Changes may take as long as they do. */
	readonly timeoutMs?: number;
}

/** Bun's own `fetch` where the program runs on Bun and the engine on a unix socket; `node:http` elsewhere. */
export function openJsonDoor(endpoint: Endpoint, { timeoutMs = 60_000 }: DoorOptions = {}): JsonDoor {
	const { socketPath } = endpoint.kind === 'unix' && process.versions['bun'] !== undefined ? endpoint : {};
	const call = (request: Call): Promise<Answer> =>
		socketPath === undefined ? callOnNode(endpoint, request) : callOnBun(socketPath, request);
	return {
		async send(request) {
			const signal = request.method === 'GET' ? withTimeout(request.signal, timeoutMs) : request.signal;
			try {
				const { text, ...answer } = await call({ ...request, signal, keepsAlive: request.method === 'GET' });
				return { ...answer, body: parseJson(await text()) };
			} catch (error) {
				throw signal?.aborted ? signal.reason : error;
			}
		},
		listen: (path, signal) => call({ method: 'GET', path, signal, keepsAlive: false }),
	};
}

interface Call extends JsonRequest {
	/** A change goes over a connection of its own: on one that was kept, it would be sent again should that have ended. */
	readonly keepsAlive: boolean;
}

/** The body is taken in one of the two ways. */
interface Answer extends JsonStream {
	text(): Promise<string>;
}

function withTimeout(signal: AbortSignal | undefined, timeoutMs: number): AbortSignal {
	const timeout = AbortSignal.timeout(timeoutMs);
	return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

/** What Bun's `fetch` takes beyond the standard. */
interface BunRequest extends RequestInit {
	readonly unix: string;
	/** Whether Bun may give up after minutes of silence. */
	readonly timeout: boolean;
}

async function callOnBun(socketPath: string, { method, path, body, signal, keepsAlive }: Call): Promise<Answer> {
	const options: BunRequest = {
		method,
		unix: socketPath,
		timeout: keepsAlive,
		keepalive: keepsAlive,
		...(signal !== undefined && { signal }),
		...(body !== undefined && { body: contentOf(body), headers: { 'content-type': typeOf(body) } }),
	};
	const told = async <T>(act: () => Promise<T>): Promise<T> => {
		try {
			return await act();
		} catch (error) {
			if (signal?.aborted || isBrokenOff(error)) throw error;
			throw await withSocketCode(socketPath, error);
		}
	};
	const response = await told(() => fetch(`http://docker${path}`, options));
	return {
		status: response.status,
		apiVersion: response.headers.get('api-version') ?? undefined,
		body: response.body ?? noBody(),
		text: () => told(() => response.text()),
	};
}

const contentOf = (body: Uint8Array<ArrayBuffer> | object): Uint8Array<ArrayBuffer> | string =>
	body instanceof Uint8Array ? body : JSON.stringify(body);

const typeOf = (body: object): string => (body instanceof Uint8Array ? 'application/x-tar' : 'application/json');

async function* noBody(): AsyncGenerator<never> {}

/** Bun does not say why a socket could not be opened; the socket itself does. */
async function withSocketCode(socketPath: string, cause: unknown): Promise<Error> {
	const { access, constants } = await import('node:fs/promises');
	try {
		await access(socketPath, constants.W_OK);
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
	const refused = new Error(cause instanceof Error ? cause.message : String(cause), { cause });
	return Object.assign(refused, { code: 'ECONNREFUSED' });
}

async function callOnNode(endpoint: Endpoint, { method, path, body, signal, keepsAlive }: Call): Promise<Answer> {
	const { request } = await import('node:http');
	const target =
		endpoint.kind === 'unix' ? { socketPath: endpoint.socketPath } : { host: endpoint.host, port: endpoint.port };
	const content = body === undefined ? undefined : Buffer.from(contentOf(body));
	const headers = {
		host: 'docker',
		...(body !== undefined && { 'content-type': typeOf(body), 'content-length': content?.length }),
	};
	const options = { ...target, path, method, headers, ...(!keepsAlive && { agent: false }) };
	const response = await new Promise<IncomingMessage>((resolve, reject) => {
		const call = request({ ...options, ...(signal !== undefined && { signal }) }, resolve);
		call.on('error', reject);
		call.end(content);
	});
	const version = response.headers['api-version'];
	return {
		status: response.statusCode ?? 0,
		apiVersion: typeof version === 'string' ? version : undefined,
		body: response,
		async text() {
			const chunks: Uint8Array[] = [];
			for await (const chunk of response) chunks.push(chunk);
			return Buffer.concat(chunks).toString();
		},
	};
}

/** What JSON says; the text itself where it is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text.trim();
	}
}
