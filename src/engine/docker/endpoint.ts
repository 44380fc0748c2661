import path from 'node:path';
import { LabcError } from '../../errors/labc-error.ts';
import { type Endpoint, parseEndpoint, tlsUnsupported } from './endpoint-address.ts';

export interface EndpointRequest {
	/** `-H`. */
	readonly host?: string | undefined;
	/** `--context`. */
	readonly context?: string | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly homeDir: string;
}

/** What resolving looks at besides the request; reading is the caller's business. */
export interface EndpointFiles {
	readText(file: string): string | undefined;
	exists(file: string): boolean;
	/** Of a text, in hex: docker names a context's folder by it. */
	sha256(text: string): string;
}

const defaultSocket = '/var/run/docker.sock';
/** The engine that `scripts/engine.sh` starts listens here; used where no engine is installed at all. */
const privateSocket = '/run/labc/docker.sock';

/** `-H`, `--context`, DOCKER_HOST, DOCKER_CONTEXT, the current context, the default socket: the first that is set. */
export function resolveEndpoint(request: EndpointRequest, files: EndpointFiles): Endpoint {
	const { host, context, env } = request;
	if (host !== undefined && context !== undefined) {
		throw new LabcError('USAGE_INVALID', 'host and context are both given, but they say the same thing', {
			hint: 'Leave out either `--host` or `--context`.',
		});
	}
	if (host !== undefined) return parseEndpoint(host, '--host', env);
	if (context !== undefined) return contextEndpoint(context, '--context', request, files);
	if (env['DOCKER_HOST']) return parseEndpoint(env['DOCKER_HOST'], 'DOCKER_HOST', env);
	if (env['DOCKER_CONTEXT']) return contextEndpoint(env['DOCKER_CONTEXT'], 'DOCKER_CONTEXT', request, files);
	const current = currentContext(request, files);
	return current === undefined
		? defaultEndpoint(request, files)
		: contextEndpoint(current, 'the current docker context', request, files);
}

/** Where docker keeps its settings. */
export const dockerConfigDir = ({ env, homeDir }: Pick<EndpointRequest, 'env' | 'homeDir'>): string =>
	env['DOCKER_CONFIG'] || path.join(homeDir, '.docker');

function contextEndpoint(name: string, origin: string, request: EndpointRequest, files: EndpointFiles): Endpoint {
	if (name === 'default') return defaultEndpoint(request, files);
	const id = files.sha256(name);
	const file = path.join(dockerConfigDir(request), 'contexts', 'meta', id, 'meta.json');
	const meta = readJson(file, files);
	if (meta === undefined) {
		throw new LabcError('USAGE_INVALID', `docker context \`${name}\` (from ${origin}) does not exist`, {
			hint: 'Choose one that `docker context ls` lists.',
		});
	}
	const host = property(property(property(meta, 'Endpoints'), 'docker'), 'Host');
	if (typeof host !== 'string' || host === '') {
		throw new LabcError('USAGE_INVALID', `docker context \`${name}\` has no docker endpoint`, {
			hint: `Look at \`docker context inspect ${name}\`.`,
		});
	}
	if (files.exists(path.join(dockerConfigDir(request), 'contexts', 'tls', id))) {
		throw tlsUnsupported(`docker context \`${name}\``);
	}
	return parseEndpoint(host, `docker context \`${name}\``, request.env);
}

function defaultEndpoint({ env }: EndpointRequest, files: EndpointFiles): Endpoint {
	if (env['DOCKER_HOST']) return parseEndpoint(env['DOCKER_HOST'], 'DOCKER_HOST', env);
	const socketPath = !files.exists(defaultSocket) && files.exists(privateSocket) ? privateSocket : defaultSocket;
	return { kind: 'unix', socketPath, address: `unix://${socketPath}`, origin: 'the default' };
}

function currentContext(request: EndpointRequest, files: EndpointFiles): string | undefined {
	const name = property(readJson(path.join(dockerConfigDir(request), 'config.json'), files), 'currentContext');
	return typeof name === 'string' && name !== '' ? name : undefined;
}

function readJson(file: string, files: EndpointFiles): unknown {
	const text = files.readText(file);
	if (text === undefined) return undefined;
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new LabcError('USAGE_INVALID', `\`${file}\` is not JSON`, {
			cause,
			hint: 'Repair the file, or name the engine with DOCKER_HOST.',
		});
	}
}

const property = (value: unknown, key: string): unknown =>
	typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
