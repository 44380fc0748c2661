import type { Endpoint } from './endpoint-address.ts';
import { isBrokenOff } from './engine-errors.ts';

/** An engine's answer to a GET. Statuses of 400 and more are answers too. */
export interface JsonAnswer {
	readonly status: number;
	readonly apiVersion: string | undefined;
	/** Parsed JSON; the text itself where it is none. */
	readonly body: unknown;
}

/**
 * Reads JSON without dockerode, which takes longer to load than most commands take in all. Rejects with an error
 * whose `code` says why where nothing answers.
 */
export interface JsonDoor {
	get(path: string, signal?: AbortSignal): Promise<JsonAnswer>;
}

export interface DoorOptions {
	/** How long an engine may take for an answer before it counts as silent. */
	readonly timeoutMs?: number;
}

/** Bun's own `fetch` where the program runs on Bun and the engine on a unix socket; `node:http` elsewhere. */
export function openJsonDoor(endpoint: Endpoint, { timeoutMs = 60_000 }: DoorOptions = {}): JsonDoor {
	const onBun = process.versions['bun'] !== undefined;
	return {
		async get(path, signal) {
			const timeout = AbortSignal.timeout(timeoutMs);
			const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
			try {
				return onBun && endpoint.kind === 'unix'
					? await fetchJson(endpoint.socketPath, path, either)
					: await requestJson(endpoint, path, either);
			} catch (error) {
				throw either.aborted ? either.reason : error;
			}
		},
	};
}

async function fetchJson(socketPath: string, path: string, signal: AbortSignal): Promise<JsonAnswer> {
	const options: RequestInit & { readonly unix: string } = { unix: socketPath, signal };
	try {
		const response = await fetch(`http://docker${path}`, options);
		const apiVersion = response.headers.get('api-version') ?? undefined;
		return { status: response.status, apiVersion, body: parseJson(await response.text()) };
	} catch (error) {
		if (signal.aborted || isBrokenOff(error)) throw error;
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

async function requestJson(endpoint: Endpoint, path: string, signal: AbortSignal): Promise<JsonAnswer> {
	const { request } = await import('node:http');
	const target =
		endpoint.kind === 'unix' ? { socketPath: endpoint.socketPath } : { host: endpoint.host, port: endpoint.port };
	return await new Promise((resolve, reject) => {
		const call = request({ ...target, path, method: 'GET', headers: { host: 'docker' }, signal }, (response) => {
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
		call.end();
	});
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text.trim();
	}
}
