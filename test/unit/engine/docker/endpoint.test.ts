import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type EndpointRequest, resolveEndpoint } from '../../../../src/engine/docker/endpoint.ts';
import { LabcError } from '../../../../src/errors/labc-error.ts';

interface Case {
	readonly when: string;
	readonly request?: Partial<EndpointRequest>;
	/** Path → text. */
	readonly files?: Readonly<Record<string, string>>;
	readonly is: string;
}

const meta = (host: string): string => JSON.stringify({ Name: 'lab', Endpoints: { docker: { Host: host } } });
const labMeta = '/home/ada/.docker/contexts/meta/<lab>/meta.json';
const lab = { [labMeta]: meta('tcp://gpu-1:2375') };
const currentLab = { '/home/ada/.docker/config.json': '{"currentContext":"lab"}', ...lab };

const cases: readonly Case[] = [
	{ when: 'nothing is set', is: 'unix:///var/run/docker.sock (the default)' },
	{
		when: 'nothing is set and only the private engine is there',
		files: { '/run/labc/docker.sock': '' },
		is: 'unix:///run/labc/docker.sock (the default)',
	},
	{
		when: 'both sockets are there',
		files: { '/run/labc/docker.sock': '', '/var/run/docker.sock': '' },
		is: 'unix:///var/run/docker.sock (the default)',
	},
	{
		when: 'DOCKER_HOST is set',
		request: { env: { DOCKER_HOST: 'unix:///a.sock', DOCKER_CONTEXT: 'lab' } },
		files: currentLab,
		is: 'unix:///a.sock (DOCKER_HOST)',
	},
	{
		when: 'DOCKER_HOST is empty',
		request: { env: { DOCKER_HOST: '' } },
		is: 'unix:///var/run/docker.sock (the default)',
	},
	{
		when: '--host is given',
		request: { host: 'tcp://h:1', env: { DOCKER_HOST: 'unix:///a.sock' } },
		is: 'tcp://h:1 (--host)',
	},
	{
		when: '--context is given beside DOCKER_HOST',
		request: { context: 'lab', env: { DOCKER_HOST: 'unix:///a.sock' } },
		files: lab,
		is: 'tcp://gpu-1:2375 (docker context `lab`)',
	},
	{
		when: 'DOCKER_CONTEXT is set',
		request: { env: { DOCKER_CONTEXT: 'lab' } },
		files: lab,
		is: 'tcp://gpu-1:2375 (docker context `lab`)',
	},
	{ when: 'a context is current', files: currentLab, is: 'tcp://gpu-1:2375 (docker context `lab`)' },
	{
		when: 'the default context is named beside DOCKER_HOST',
		request: { context: 'default', env: { DOCKER_HOST: 'unix:///a.sock' } },
		is: 'unix:///a.sock (DOCKER_HOST)',
	},
	{
		when: 'DOCKER_CONFIG moves the settings',
		request: { env: { DOCKER_CONFIG: '/etc/d', DOCKER_CONTEXT: 'lab' } },
		files: { '/etc/d/contexts/meta/<lab>/meta.json': meta('unix:///b.sock') },
		is: 'unix:///b.sock (docker context `lab`)',
	},
	{
		when: '--host and --context are both given',
		request: { host: 'tcp://h:1', context: 'lab' },
		is: 'USAGE_INVALID: host and context are both given, but they say the same thing',
	},
	{
		when: 'the context does not exist',
		request: { context: 'labb' },
		is: 'USAGE_INVALID: docker context `labb` (from --context) does not exist',
	},
	{
		when: 'the context has no docker endpoint',
		request: { context: 'lab' },
		files: { [labMeta]: '{"Endpoints":{}}' },
		is: 'USAGE_INVALID: docker context `lab` has no docker endpoint',
	},
	{
		when: 'the context brings certificates',
		request: { context: 'lab' },
		files: { ...lab, '/home/ada/.docker/contexts/tls/<lab>': '' },
		is: 'ENGINE_UNSUPPORTED: docker context `lab` asks for TLS, which labc does not speak yet',
	},
	{
		when: "docker's settings are broken",
		files: { '/home/ada/.docker/config.json': '{' },
		is: 'USAGE_INVALID: `/home/ada/.docker/config.json` is not JSON',
	},
];

describe('resolveEndpoint', () => {
	for (const { when, request, files = {}, is } of cases) {
		test(`when ${when}`, () => assert.equal(resolved(request ?? {}, files), is));
	}
});

function resolved(request: Partial<EndpointRequest>, files: Readonly<Record<string, string>>): string {
	try {
		const { address, origin } = resolveEndpoint(
			{ env: {}, homeDir: '/home/ada', ...request },
			{
				readText: (file) => files[file],
				exists: (file) => file in files,
				sha256: (text) => `<${text}>`,
			},
		);
		return `${address} (${origin})`;
	} catch (error) {
		assert.ok(error instanceof LabcError);
		assert.ok(error.hint, 'every refusal says what to do');
		return `${error.code}: ${error.message}`;
	}
}
