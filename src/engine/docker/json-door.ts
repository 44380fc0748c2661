import type { Endpoint } from './endpoint-address.ts';
import { isBrokenOff } from './engine-errors.ts';

export interface JsonRequest {
	readonly method: 'GET' | 'POST' | 'DELETE';
	/** With its query. */
	readonly path: string;
	readonly body?: object | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** What an engine answers. Statuses of 300 and more are answers too. */
export interface JsonAnswer {
	readonly status: number;
	readonly apiVersion: string | undefined;
	/** Parsed JSON; the text itself where it is none. */
	readonly body: unknown;
}

/**
 * Sends JSON and reads JSON without dockerode, which takes longer to load than most commands take in all. Rejects with
 * an error whose `code` says why where nothing answers.
 */
export interface JsonDoor {
	send(request: JsonRequest): Promise<JsonAnswer>;
}

export interface DoorOptions {
	/** How long an engine may take to answer a GET before it counts as silent. Changes may take as long as they do. */
	readonly timeoutMs?: number;
}

/** Bun's own `fetch` where the program runs on Bun and the engine on a unix socket; `node:http` elsewhere. */
export function openJsonDoor(endpoint: Endpoint, { timeoutMs = 60_000 }: DoorOptions = {}): JsonDoor {
	const onBun = process.versions['bun'] !== undefined;
	return {
		async send(request) {
			const signal = request.method === 'GET' ? withTimeout(request.signal, timeoutMs) : request.signal;
			try {
				return onBun && endpoint.kind === 'unix'
					? await fetchJson(endpoint.socketPath, { ...request, signal })
					: await requestJson(endpoint, { ...request, signal });
			} catch (error) {
				throw signal?.aborted ? signal.reason : error;
			}
		},
	};
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

/** A change goes over a connection of its own: on one that was kept, it would be sent again should that have ended. */
async function fetchJson(socketPath: string, { method, path, body, signal }: JsonRequest): Promise<JsonAnswer> {
	const options: BunRequest = {
		method,
		unix: socketPath,
		timeout: method === 'GET',
		keepalive: method === 'GET',
		...(signal !== undefined && { signal }),
		...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
	};
	try {
		const response = await fetch(`http://docker${path}`, options);
		const apiVersion = response.headers.get('api-version') ?? undefined;
		return { status: response.status, apiVersion, body: parseJson(await response.text()) };
	} catch (error) {
		if (signal?.aborted || isBrokenOff(error)) throw error;
		throw await withSocketCode(socketPath, error);
	}
}

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

async function requestJson(endpoint: Endpoint, { method, path, body, signal }: JsonRequest): Promise<JsonAnswer> {
	const { request } = await import('node:http');
	const target =
		endpoint.kind === 'unix' ? { socketPath: endpoint.socketPath } : { host: endpoint.host, port: endpoint.port };
	const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
	const headers = {
		host: 'docker',
		...(content !== undefined && { 'content-type': 'application/json', 'content-length': content.length }),
	};
	const options = { ...target, path, method, headers, ...(method !== 'GET' && { agent: false }) };
	return await new Promise((resolve, reject) => {
		const call = request({ ...options, ...(signal !== undefined && { signal }) }, (response) => {
			const chunks: Uint8Array[] = [];
			response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () => {
				const version = response.headers['api-version'];
				resolve({
					status: response.statusCode ?? 0,
					apiVersion: typeof version === 'string' ? version : undefined,
					body: parseJson(Buffer.concat(chunks).toString()),
				});
			});
		});
		call.on('error', reject);
		call.end(content);
	});
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text.trim();
	}
}
