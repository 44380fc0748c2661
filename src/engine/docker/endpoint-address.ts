import { LabcError } from '../../errors/labc-error.ts';

/** Where an engine listens. `address` is what DOCKER_HOST would say; `origin` says who chose it. */
export type Endpoint = { readonly address: string; readonly origin: string } & (
	| { readonly kind: 'unix'; readonly socketPath: string }
	| { readonly kind: 'tcp'; readonly host: string; readonly port: number }
);

const plainTcpPort = 2375;

/** Reads a DOCKER_HOST value. What labc can't speak yet is refused, never guessed. */
export function parseEndpoint(
	value: string,
	origin: string,
	env: Readonly<Record<string, string | undefined>>,
): Endpoint {
	const [, scheme, rest] = /^([a-z]+):\/\/(.*)$/.exec(value) ?? [undefined, 'tcp', value];
	switch (scheme) {
		case 'unix':
			return unixEndpoint(value, rest ?? '', origin);
		case 'tcp':
		case 'http':
			if (env['DOCKER_TLS_VERIFY'] || env['DOCKER_TLS']) throw tlsUnsupported('DOCKER_TLS_VERIFY');
			return tcpEndpoint(value, rest ?? '', origin);
		case 'https':
			throw tlsUnsupported(`\`${value}\``);
		case 'ssh':
			throw new LabcError(
				'ENGINE_UNSUPPORTED',
				`\`${value}\` (from ${origin}) needs ssh, which labc does not speak yet`,
				{
					hint: `Forward the socket with \`ssh -NL /tmp/engine.sock:/var/run/docker.sock ${rest ?? 'HOST'}\` and set DOCKER_HOST=unix:///tmp/engine.sock.`,
				},
			);
		case 'npipe':
			throw new LabcError(
				'ENGINE_UNSUPPORTED',
				`\`${value}\` (from ${origin}) is a Windows pipe, which labc does not speak`,
				{
					hint: 'Run labc where the engine has a unix socket, for example inside WSL.',
				},
			);
		default:
			throw malformed(value, origin);
	}
}

export const tlsUnsupported = (what: string): LabcError =>
	new LabcError('ENGINE_UNSUPPORTED', `${what} asks for TLS, which labc does not speak yet`, {
		hint: 'Use the unix socket of the engine, for example through `ssh -L`, and unset DOCKER_TLS_VERIFY.',
	});

function unixEndpoint(value: string, rest: string, origin: string): Endpoint {
	const socketPath = rest === '' ? '/var/run/docker.sock' : rest;
	if (!socketPath.startsWith('/')) throw malformed(value, origin);
	return { kind: 'unix', socketPath, address: `unix://${socketPath}`, origin };
}

function tcpEndpoint(value: string, rest: string, origin: string): Endpoint {
	const url = URL.parse(`http://${rest}`);
	if (rest === '' || url === null || url.hostname === '' || url.pathname !== '/' || url.username !== '') {
		throw malformed(value, origin);
	}
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const port = portOf(url, rest);
	return { kind: 'tcp', host, port, address: `tcp://${url.hostname}:${port}`, origin };
}

/** `URL` drops port 80, since it is HTTP's own. */
const portOf = (url: URL, rest: string): number => {
	if (url.port !== '') return Number(url.port);
	return rest.replace(/\/$/, '').endsWith(':80') ? 80 : plainTcpPort;
};

const malformed = (value: string, origin: string): LabcError =>
	new LabcError('USAGE_INVALID', `\`${value}\` (from ${origin}) is no engine address`, {
		hint: 'Write it as `unix:///path/to/docker.sock` or `tcp://HOST:PORT`.',
	});
