import type Docker from 'dockerode';
import { LabcError } from '../../errors/labc-error.ts';
import { negotiateApiVersion } from './api-version.ts';
import type { Endpoint } from './endpoint-address.ts';
import { messageOf, refused, toLabcError, unreachable } from './engine-errors.ts';
import { type JsonAnswer, type JsonDoor, type JsonRequest, openJsonDoor, parseJson } from './json-door.ts';
import { type Query, withQuery } from './query.ts';
import { type ResourceNames, resourceNames } from './resource-names.ts';

/** One engine, spoken to through the door where JSON is asked or told or files go in, and through dockerode for the rest. */
export interface EngineSession {
	readonly endpoint: Endpoint;
	readonly names: ResourceNames;
	/** The JSON body of a GET. `call` completes the sentence `cannot …`. */
	read(call: string, path: string, signal?: AbortSignal): Promise<unknown>;
	/** Changes something; gives what the engine answers. One that is in that state already is no error. */
	change(call: string, change: Change): Promise<unknown>;
	/** Resolves when the engine has answered; the body is then read at the caller's pace, until the signal aborts. */
	listen(call: string, path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
	/** Opens what is more than JSON through dockerode, which is loaded at the first time. */
	stream<T>(call: string, open: (docker: Docker) => Promise<T>): Promise<T>;
	/** The API version both sides speak. Costs a call only where nothing was read before. */
	apiVersion(): Promise<string>;
}

interface Change {
	readonly method?: 'POST' | 'PUT' | 'DELETE';
	readonly path: string;
	readonly query?: Query;
	readonly body?: JsonRequest['body'];
	readonly signal?: AbortSignal | undefined;
}

export interface SessionRequest {
	readonly endpoint: Endpoint;
	/** DOCKER_API_VERSION. */
	readonly apiVersion?: string | undefined;
	readonly door?: JsonDoor;
}

/** Touches nothing before the first call. */
export function openSession({
	endpoint,
	apiVersion: fixed,
	door = openJsonDoor(endpoint),
}: SessionRequest): EngineSession {
	let negotiated = fixed;
	let docker: Promise<Docker> | undefined;

	/** Until the engine has told its version, reads go without one: the engine then answers in its newest. */
	async function get(path: string, signal?: AbortSignal): Promise<JsonAnswer> {
		const answer = await send({ method: 'GET', path: versioned(path), signal });
		negotiated ??= negotiateApiVersion(answer.apiVersion ?? notAnEngine(endpoint));
		return answer;
	}

	const versioned = (path: string): string => (negotiated === undefined ? path : `/v${negotiated}${path}`);

	const send = (request: JsonRequest): Promise<JsonAnswer> => reached(door.send(request), request.signal);

	async function reached<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
		try {
			return await answer;
		} catch (error) {
			if (signal?.aborted) throw error;
			throw unreachable(endpoint, error);
		}
	}

	async function read(call: string, path: string, signal?: AbortSignal): Promise<unknown> {
		return accepted(call, await get(path, signal));
	}

	async function change(call: string, { method = 'POST', path, query = {}, body, signal }: Change): Promise<unknown> {
		await apiVersion();
		return accepted(call, await send({ method, path: versioned(withQuery(path, query)), body, signal }));
	}

	async function listen(call: string, path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
		await apiVersion();
		const { status, body } = await reached(door.listen(versioned(path), signal), signal);
		if (status < 400) return heard(body, endpoint, signal);
		const text: string[] = [];
		for await (const chunk of body) text.push(Buffer.from(chunk).toString());
		throw refused(status, messageOf(parseJson(text.join('')), `HTTP status ${status}`), call);
	}

	async function apiVersion(): Promise<string> {
		if (negotiated === undefined) await get('/_ping');
		return negotiated ?? notAnEngine(endpoint);
	}

	async function stream<T>(call: string, open: (docker: Docker) => Promise<T>): Promise<T> {
		try {
			docker ??= openDockerode(endpoint, await apiVersion());
			return await open(await docker);
		} catch (error) {
			throw toLabcError(error, call, endpoint);
		}
	}

	return { endpoint, names: resourceNames(), read, change, listen, stream, apiVersion };
}

/** The engine may go away while it tells. */
async function* heard(
	body: AsyncIterable<Uint8Array>,
	endpoint: Endpoint,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	try {
		yield* body;
	} catch (error) {
		throw signal.aborted ? error : unreachable(endpoint, error);
	}
}

function accepted(call: string, { status, body }: JsonAnswer): unknown {
	if (status >= 400) throw refused(status, messageOf(body, `HTTP status ${status}`), call);
	return body;
}

async function openDockerode(endpoint: Endpoint, version: string): Promise<Docker> {
	const { default: Dockerode } = await import('dockerode');
	return endpoint.kind === 'unix'
		? new Dockerode({ socketPath: endpoint.socketPath, version: `v${version}` })
		: new Dockerode({ host: endpoint.host, port: endpoint.port, protocol: 'http', version: `v${version}` });
}

function notAnEngine(endpoint: Endpoint): never {
	throw new LabcError('ENGINE_UNREACHABLE', `what answers at \`${endpoint.address}\` is not a Docker engine`, {
		hint: 'Check the host and port, or see `docker context ls`.',
	});
}
