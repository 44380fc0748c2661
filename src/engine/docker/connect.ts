import { existsSync, readFileSync } from 'node:fs';
import { LabcError } from '../../errors/labc-error.ts';
import type { Engine } from '../engine.ts';
import { dockerEngine } from './docker-engine.ts';
import { type EndpointRequest, resolveEndpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint-address.ts';
import { registryCredentials } from './registry-credentials.ts';
import { openSession } from './session.ts';

export type ConnectRequest = EndpointRequest;

/** The engine that the request names. Nothing is sent before the first call. */
export async function connectEngine(request: ConnectRequest): Promise<Engine> {
	const session = openSession({ endpoint: locateEngine(request), apiVersion: fixedApiVersion(request) });
	return dockerEngine(session, registryCredentials(request));
}

/** DOCKER_API_VERSION, which spares the negotiation. */
function fixedApiVersion({ env }: ConnectRequest): string | undefined {
	const version = env['DOCKER_API_VERSION'];
	if (!version) return undefined;
	if (/^\d+\.\d+$/.test(version)) return version;
	throw new LabcError('USAGE_INVALID', `\`${version}\` (from DOCKER_API_VERSION) is no API version`, {
		hint: 'Write it as `1.44`, or unset it.',
	});
}

/** Where the engine is, for programs of docker's own that are told so by DOCKER_HOST. */
export const locateEngine = (request: ConnectRequest): Endpoint =>
	resolveEndpoint(request, { readText, exists: existsSync, sha256 });

function readText(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

/** node:crypto takes longer to load than a read takes, and only contexts need it. */
const sha256 = (text: string): string =>
	process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');
