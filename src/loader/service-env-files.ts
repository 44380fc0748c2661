import type { Node } from '../document/node.ts';
import { nodeAt } from '../document/plain.ts';
import type { Findings } from '../errors/findings.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { EnvFile, Service } from '../model/service.ts';
import type { Variables } from '../options/variables.ts';
import { readEnv } from '../sources/env-grammar.ts';
import { readRawEnv } from '../sources/raw-env.ts';
import { readSource } from '../sources/read-source.ts';
import { foldFiles } from './fold-files.ts';

interface EnvFileContext {
	readonly variables: Variables;
	readonly tree: Node;
	readonly findings: Findings;
}

/** Services with their `environment` complete: what their `env_file`s hold, under what it says itself. */
export async function readServiceEnvFiles(
	services: ReadonlyMap<string, Service>,
	context: EnvFileContext,
): Promise<ReadonlyMap<string, Service>> {
	const entries = [...services].map(
		async ([name, service]) => [name, await withEnvFiles(name, service, context)] as const,
	);
	return new Map(await Promise.all(entries));
}

async function withEnvFiles(name: string, declared: Service, context: EnvFileContext): Promise<Service> {
	const service = withOuterValues(declared, context);
	const { env_file: files, environment = {} } = service;
	if (files === undefined) return service;
	const read = new Map<string, string>();
	const own = new Map(Object.entries(environment));
	const lookup = (variable: string): string | undefined =>
		context.variables.get(variable) ?? own.get(variable) ?? undefined;
	for (const [index, file] of files.entries()) {
		const at = nodeAt(context.tree, ['services', name, 'env_file', index])?.at;
		await readEnvFile(file, { read, lookup, place: { at, path: ['services', name, 'env_file', index] }, context });
	}
	const folding = { files: 'env_file', into: 'environment' } as const;
	return foldFiles(service, folding, { ...Object.fromEntries(read), ...environment });
}

/** Names that are still without a value, since nothing was normalised, take it from the variables. */
function withOuterValues(service: Service, { variables }: EnvFileContext): Service {
	const { environment } = service;
	if (environment === undefined || !Object.values(environment).includes(null)) return service;
	const entries = Object.entries(environment).map(([key, value]) => [key, value ?? variables.get(key) ?? null]);
	return { ...service, environment: Object.fromEntries(entries) };
}

interface EnvFileReading {
	readonly read: Map<string, string>;
	readonly lookup: (name: string) => string | undefined;
	readonly place: Parameters<Findings['error']>[2];
	readonly context: EnvFileContext;
}

async function readEnvFile(file: EnvFile, { read, lookup, place, context }: EnvFileReading): Promise<void> {
	if (file.format !== undefined && file.format !== 'raw') {
		context.findings.error('VALUE_INVALID', `\`${file.format}\` is not a format of env files`, {
			...place,
			hint: 'Write `raw`, or leave `format` out.',
		});
		return;
	}
	context.findings.lookFor(file.path);
	try {
		const source = await readSource(file.path, { named: false, role: 'env file' });
		const readFile = file.format === undefined ? readEnv : readRawEnv;
		readFile(source, { lookup, into: read, findings: context.findings, path: place?.path });
	} catch (error) {
		if (!(error instanceof LabcError)) throw error;
		if (error.code === 'SOURCE_NOT_FOUND' && !file.required) return;
		context.findings.error(error.code, error.message, { ...place, hint: hintOf(error) });
	}
}

const hintOf = ({ code, hint }: LabcError): string | undefined =>
	code === 'SOURCE_NOT_FOUND' ? 'Check the path, or write `required: false` beside it.' : hint;
