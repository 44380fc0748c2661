import { LabcError } from '../../errors/labc-error.ts';
import type { Endpoint } from './endpoint-address.ts';
import { portInUse } from './port-in-use.ts';

/** Turns what the modem or the door throws into an error that says which call failed and why. */
export function toLabcError(error: unknown, call: string, endpoint: Endpoint): Error {
	if (error instanceof LabcError) return error;
	if (!(error instanceof Error)) return new Error(`cannot ${call}`, { cause: error });
	const status = property(error, 'statusCode');
	if (typeof status === 'number') return refused(status, messageOf(property(error, 'json'), error), call);
	if (error.name === 'AbortError') return error;
	return unreachable(endpoint, error);
}

/** The engine answered with a status of 400 or more. */
export function refused(status: number, reason: string, call: string): LabcError {
	const message = `cannot ${call}: ${withoutCall(reason.trim(), call)}`;
	if (status === 404) return new LabcError('ENGINE_NOT_FOUND', message);
	const taken = portInUse(reason, call);
	if (taken !== undefined) return taken;
	if (status === 409) return conflict(message, reason);
	return new LabcError('ENGINE_REFUSED', message);
}

/** Some engines begin with the call themselves: `cannot kill container: ID: …`. */
const withoutCall = (reason: string, call: string): string =>
	reason.replace(/^cannot (\w+) container:? \S+: /i, (all, verb: string) =>
		call.startsWith(`${verb.toLowerCase()} container`) ? '' : all,
	);

/** No engine answered at all: says where labc looked, and what to try. */
export function unreachable(endpoint: Endpoint, thrown: unknown): LabcError {
	const code = property(thrown, 'code');
	const cause = inOwnWords(thrown);
	const where = `\`${endpoint.address}\` (from ${endpoint.origin})`;
	if (isBrokenOff(cause)) return brokenOff(where, cause);
	if (endpoint.kind === 'tcp') {
		return new LabcError('ENGINE_UNREACHABLE', `no engine answers at ${where}: ${reasonOf(cause)}`, {
			cause,
			hint:
				code === 'ENOTFOUND'
					? 'Check the host; an address is written as `unix:///path/to/docker.sock` or `tcp://HOST:PORT`.'
					: 'Check the host and port, or see `docker context ls`.',
		});
	}
	if (code === 'ENOENT') {
		return new LabcError('ENGINE_UNREACHABLE', `no engine answers at ${where}: there is no such socket`, {
			cause,
			hint: 'Start the engine (`systemctl start docker`, or `sh scripts/engine.sh start`), or point DOCKER_HOST at one.',
		});
	}
	if (code === 'EACCES' || code === 'EPERM') {
		return new LabcError('ENGINE_UNREACHABLE', `you may not use the engine at ${where}: permission denied`, {
			cause,
			hint: 'Join the group that owns the socket (often `usermod -aG docker $USER`) and log in again.',
		});
	}
	return new LabcError('ENGINE_UNREACHABLE', `no engine answers at ${where}: ${reasonOf(cause)}`, {
		cause,
		hint: 'Start the engine, or check `docker context ls`.',
	});
}

/** Runtimes have words of their own for a refused connection, which send a reader the wrong way. */
const inOwnWords = (cause: unknown): unknown =>
	property(cause, 'code') === 'ECONNREFUSED'
		? Object.assign(new Error('connection refused', { cause }), { code: 'ECONNREFUSED' })
		: cause;

/** It listened and then hung up: restarted meanwhile, or something between the two has gone. */
const brokenOff = (where: string, cause: unknown): LabcError =>
	new LabcError('ENGINE_UNREACHABLE', `the connection to the engine at ${where} broke off`, {
		cause,
		hint: 'Run the command again once the engine is back: it goes on from what is there.',
	});

/** Bun's own requests say `ConnectionClosed` in one version and `ECONNRESET` in another. */
export const isBrokenOff = (cause: unknown): boolean =>
	['ECONNRESET', 'EPIPE', 'ConnectionClosed', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(property(cause, 'code')));

/** The engine's words in an error body. */
export function messageOf(body: unknown, fallback: unknown): string {
	const message = property(body, 'message') ?? property(body, 'error') ?? property(body, 'cause');
	if (typeof message === 'string' && message !== '') return message;
	if (typeof body === 'string' && body !== '') return body;
	const text = fallback instanceof Error ? fallback.message : String(fallback);
	return text.replace(/^\(HTTP code \d+\) .*? - /, '');
}

function conflict(message: string, reason: string): LabcError {
	const name = /container name "\/?([^"]+)" is already in use/.exec(reason)?.[1];
	const hint = name === undefined ? undefined : `Remove or rename the container \`${name}\`.`;
	return new LabcError('ENGINE_CONFLICT', message, { hint });
}

const reasonOf = (cause: unknown): string => {
	const code = property(cause, 'code');
	if (code === 'ECONNREFUSED') return 'connection refused';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the host name is unknown';
	if (cause instanceof Error && cause.name === 'TimeoutError') return 'it gave no answer in time';
	return cause instanceof Error ? cause.message : String(cause);
};

const property = (value: unknown, key: string): unknown =>
	typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
