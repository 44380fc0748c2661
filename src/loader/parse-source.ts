import type { Document } from '../document/document.ts';
import { decodeDocuments, encodeDocuments } from '../document/tree-codec.ts';
import { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';
import { openContentCache } from '../sources/content-cache.ts';

export interface Parsing {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly findings: Findings;
}

/** Set when the program is built: what the sources were. Unset where they run as they are. */
declare const LABC_BUILD: string | undefined;

/**
 * The documents of a file, as trees with positions. A text that this build has parsed before without any finding
 * is not parsed again: its trees are kept in the person's cache folder.
 */
export async function parseSource(source: SourceFile, { env, findings }: Parsing): Promise<readonly Document[]> {
	const cache = typeof LABC_BUILD === 'string' ? openContentCache(env) : undefined;
	if (cache === undefined) return parse(source, findings);
	const key = `${LABC_BUILD}\n${source.text}`;
	const kept = documentsOf(cache.read(key), source);
	if (kept !== undefined) return kept;
	const own = new Findings();
	const documents = await parse(source, own);
	if (own.isEmpty) cache.write(key, encodeDocuments(documents));
	findings.addAll(own);
	return documents;
}

/** An entry is known to be as it was written; that it cannot be decoded all the same is no reason to fail. */
function documentsOf(text: string | undefined, source: SourceFile): readonly Document[] | undefined {
	try {
		return text === undefined ? undefined : decodeDocuments(text, source);
	} catch {
		return undefined;
	}
}

async function parse(source: SourceFile, findings: Findings): Promise<readonly Document[]> {
	const { parseYaml } = await import('../document/parse-yaml.ts');
	return parseYaml(source, findings);
}
