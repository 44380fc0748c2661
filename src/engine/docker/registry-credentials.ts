import path from 'node:path';
import { LabcError } from '../../errors/labc-error.ts';
import { dockerConfigDir, type EndpointRequest } from './endpoint.ts';

/** What the engine takes as credentials for a registry. */
type RegistryAuth = Readonly<Record<string, string>>;

export interface RegistryCredentials {
	/** Credentials for a registry, or undefined where docker's settings hold none. */
	find(registry: string): Promise<RegistryAuth | undefined>;
	/** All of them, in the form of docker's `config.json`. */
	all(): Promise<string>;
}

interface DockerConfig {
	readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
	readonly credsStore?: string;
	readonly credHelpers?: Readonly<Record<string, string>>;
}

/** Reads docker's own settings at the first pull. */
export function registryCredentials(request: Pick<EndpointRequest, 'env' | 'homeDir'>): RegistryCredentials {
	return {
		async find(registry) {
			const config = await readConfig(path.join(dockerConfigDir(request), 'config.json'));
			const program = config.credHelpers?.[hostOf(registry)] ?? config.credHelpers?.[registry] ?? config.credsStore;
			return program ? await askProgram(program, registry, request.env) : storedAuth(config, registry);
		},
		async all() {
			const config = await readConfig(path.join(dockerConfigDir(request), 'config.json'));
			const names = new Set([...Object.keys(config.auths ?? {}), ...Object.keys(config.credHelpers ?? {})]);
			const auths: Record<string, object> = {};
			for (const name of [...names].sort()) {
				const program = config.credHelpers?.[hostOf(name)] ?? config.credHelpers?.[name] ?? config.credsStore;
				const login = program ? await askProgram(program, name, request.env) : storedAuth(config, name);
				if (login !== undefined) auths[name] = storedForm(login);
			}
			return JSON.stringify({ auths }, undefined, '\t');
		},
	};
}

/** As `docker login` writes it down. */
const storedForm = ({ username = '', password = '', identitytoken }: RegistryAuth): object =>
	identitytoken === undefined
		? { auth: Buffer.from(`${username}:${password}`).toString('base64') }
		: { auth: Buffer.from(`${username}:`).toString('base64'), identitytoken };

async function readConfig(file: string): Promise<DockerConfig> {
	const { readFile } = await import('node:fs/promises');
	try {
		return JSON.parse(await readFile(file, 'utf8'));
	} catch (cause) {
		if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {};
		throw new LabcError('USAGE_INVALID', `\`${file}\` can't be read as docker's settings`, {
			cause,
			hint: 'Repair the file or its permissions.',
		});
	}
}

function storedAuth({ auths = {} }: DockerConfig, registry: string): RegistryAuth | undefined {
	const entry = Object.entries(auths).find(([key]) => key === registry || hostOf(key) === hostOf(registry))?.[1];
	if (entry === undefined) return undefined;
	if (entry.identitytoken) return { identitytoken: entry.identitytoken, serveraddress: registry };
	if (!entry.auth) return undefined;
	const decoded = Buffer.from(entry.auth, 'base64').toString();
	const colon = decoded.indexOf(':');
	return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1), serveraddress: registry };
}

/** The protocol of docker's credential helpers: the registry on standard input, JSON on standard output. */
async function askProgram(
	name: string,
	registry: string,
	env: EndpointRequest['env'],
): Promise<RegistryAuth | undefined> {
	const { spawn } = await import('node:child_process');
	const program = `docker-credential-${name}`;
	const child = spawn(program, ['get'], { env: { ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
	const output: Uint8Array[] = [];
	child.stdout.on('data', (chunk: Uint8Array) => output.push(chunk));
	child.stdin.on('error', () => {});
	child.stdin.end(registry);
	const status = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject).on('close', resolve);
	}).catch((cause: unknown) => {
		throw new LabcError(
			'USAGE_INVALID',
			`docker's settings name the credential program \`${program}\`, which does not run`,
			{
				cause,
				hint: 'Install it, or take `credsStore` and `credHelpers` out of docker’s config.json.',
			},
		);
	});
	const text = Buffer.concat(output).toString();
	if (status !== 0) return undefined;
	const { Username: username, Secret: secret } = JSON.parse(text) as { Username: string; Secret: string };
	return username === '<token>'
		? { identitytoken: secret, serveraddress: registry }
		: { username, password: secret, serveraddress: registry };
}

const hostOf = (registry: string): string => registry.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
