/**
 * Compiles schemas/ into src/generated/: a small validator that stops at the first error, a large one that tells all
 * of them, and the types of `x-labc`. `--check` only compares and fails where the committed files are stale.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transform } from 'esbuild';
import { compile } from 'json-schema-to-typescript';

const require = createRequire(import.meta.url);
const { default: Ajv } = require('ajv') as typeof import('ajv');
const { default: standaloneCode } = require('ajv/dist/standalone') as typeof import('ajv/dist/standalone/index.js');

const root = path.join(import.meta.dirname, '..');
const banner = '// Generated from schemas/ by scripts/generate-validator.ts. Do not edit.\n';

const schemas = globSync('schemas/*.schema.json', { cwd: root })
	.sort()
	.map((file) => JSON.parse(readFileSync(path.join(root, file), 'utf8')));

const generated: Readonly<Record<string, string>> = {
	'src/generated/validate-compose.js': await validator({ allErrors: false }),
	'src/generated/validate-compose.d.ts': `${banner}export declare function validate(data: unknown): boolean;\n`,
	'src/generated/explain-compose.js': await validator({ allErrors: true }),
	'src/generated/explain-compose.d.ts': explainTypes(),
	'src/generated/x-labc-types.ts': await labcTypes(),
};

const isCheck = process.argv.includes('--check');
const stale = Object.entries(generated).filter(([file, text]) => textOf(path.join(root, file)) !== text);
for (const [file, text] of stale) {
	if (isCheck) process.stderr.write(`${file} is stale: run npm run generate\n`);
	else writeFileSync(path.join(root, file), text);
}
process.stdout.write(`generated files: ${stale.length} ${isCheck ? 'stale' : 'written'}\n`);
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;

function textOf(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

async function validator({ allErrors }: { readonly allErrors: boolean }): Promise<string> {
	const ajv = new Ajv({
		allErrors,
		verbose: allErrors,
		messages: false,
		strict: true,
		strictTypes: false,
		strictRequired: false,
		allowUnionTypes: true,
		inlineRefs: false,
		schemas: allErrors ? schemas : schemas.map(inParts),
		code: { source: true, esm: true },
	});
	const code = standaloneCode(ajv, { validate: 'compose.schema.json' });
	const { code: minified } = await transform(code, { minify: true, format: 'esm', target: 'node24' });
	return `${banner}${minified}`;
}

interface Schema {
	readonly $ref?: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly definitions?: Readonly<Record<string, Schema>>;
}

/**
 * The same schema with each attribute's part a definition, and so a function of its own. One function over all
 * attributes of a service would be compiled by the runtime as a whole, at every start, for the few that are used.
 */
function inParts(schema: Schema): Schema {
	const parts = Object.entries(schema.properties ?? {}).filter(([, part]) => !isSimple(part));
	const refs = parts.map(([name]) => [name, { $ref: `#/definitions/${nameOfPart(name)}` }] as const);
	const definitions = parts.map(([name, part]) => [nameOfPart(name), part] as const);
	return {
		...schema,
		properties: { ...schema.properties, ...Object.fromEntries(refs) },
		definitions: { ...schema.definitions, ...Object.fromEntries(definitions) },
	};
}

function nameOfPart(name: string): string {
	return `attribute-${name}`;
}

/** Without anything inside that would have to be checked by a loop or a choice. */
function isSimple(part: Schema): boolean {
	return Object.keys(part).every((keyword) => ['type', 'description', 'default', 'enum', '$ref'].includes(keyword));
}

function explainTypes(): string {
	return `${banner}import type { ErrorObject } from 'ajv';

export type { ErrorObject } from 'ajv';

export declare const validate: { (data: unknown): boolean; errors?: readonly ErrorObject[] | null };
`;
}

async function labcTypes(): Promise<string> {
	const schema = schemas.find(({ $id }) => $id === 'x-labc.schema.json');
	const types = await compile(structuredClone(schema), 'XLabc', {
		bannerComment: banner.trim(),
		additionalProperties: false,
		unreachableDefinitions: true,
		style: { useTabs: true, singleQuote: true, printWidth: 120 },
	});
	return types;
}
