import type Docker from 'dockerode';
import { LabcError } from '../../errors/labc-error.ts';
import { negotiateApiVersion } from './api-version.ts';
import type { Endpoint } from './endpoint-address.ts';
import { messageOf, refused, toLabcError, unreachable } from './engine-errors.ts';
import { type JsonAnswer, type JsonDoor, openJsonDoor } from './json-door.ts';
import { type ResourceNames, resourceNames } from './resource-names.ts';

/** One engine, spoken to through the door for reads and through dockerode for everything else. */
export interface EngineSession {
	readonly endpoint: Endpoint;
	readonly names: ResourceNames;
	/** The JSON body of a GET. `call` completes the sentence `cannot …`. */
	read(call: string, path: string, signal?: AbortSignal): Promise<unknown>;
	/** Runs an effect through dockerode, which is loaded at the first one. */
	write<T>(call: string, effect: (docker: Docker) => Promise<T>): Promise<T>;
	/** The API version both sides speak. Costs a call only where nothing was read before. */
	apiVersion(): Promise<string>;
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
		const answer = await send(negotiated === undefined ? path : `/v${negotiated}${path}`, signal);
		negotiated ??= negotiateApiVersion(answer.apiVersion ?? notAnEngine(endpoint));
		return answer;
	}

	async function send(path: string, signal?: AbortSignal): Promise<JsonAnswer> {
		try {
			return await door.get(path, signal);
		} catch (error) {
			if (signal?.aborted) throw error;
			throw unreachable(endpoint, error);
		}
	}

	async function read(call: string, path: string, signal?: AbortSignal): Promise<unknown> {
		const { status, body } = await get(path, signal);
		if (status >= 400) throw refused(status, messageOf(body, `HTTP status ${status}`), call);
		return body;
	}

	async function apiVersion(): Promise<string> {
		if (negotiated === undefined) await get('/_ping');
		return negotiated ?? notAnEngine(endpoint);
	}

	async function write<T>(call: string, effect: (docker: Docker) => Promise<T>): Promise<T> {
		try {
			docker ??= openDockerode(endpoint, await apiVersion());
			return await effect(await docker);
		} catch (error) {
			throw toLabcError(error, call, endpoint);
		}
	}

	return { endpoint, names: resourceNames(), read, write, apiVersion };
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
