import type { Readable } from 'node:stream';
import type { EngineSession } from './session.ts';

export interface StreamRequest {
	readonly path: string;
	readonly method?: 'GET' | 'POST';
	readonly query: Readonly<Record<string, string | undefined>>;
	/** Credentials for a registry. */
	readonly auth?: Readonly<Record<string, string>> | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** Resolves when the engine has answered; the body is then read at the caller's pace. */
export function openStream(session: EngineSession, call: string, request: StreamRequest): Promise<Readable> {
	const { path, method = 'GET', query, auth, signal } = request;
	return session.stream(
		call,
		(docker) =>
			new Promise((resolve, reject) => {
				const options = {
					path: `${path}?`,
					method,
					isStream: true,
					options: { _query: defined(query), _body: {} },
					...(auth !== undefined && { authconfig: auth }),
					...(signal !== undefined && { abortSignal: signal }),
					statusCodes: { 200: true },
				};
				docker.modem.dial(options, (error, stream) => {
					if (error) reject(error);
					else resolve(stream as Readable);
				});
			}),
	);
}

const defined = (query: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined));
