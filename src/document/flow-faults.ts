import { isScalar, type Pair, type YAMLMap, type YAMLSeq, type Node as YamlNode } from 'yaml';

/** What docker compose's YAML minds inside of brackets and the parser does not, and what to do. */
export interface FlowFault {
	readonly offset: number;
	readonly message: string;
	readonly hint: string;
}

/** The first such fault of the entries of a bracketed list or mapping; what is nested in them is looked at in its turn. */
export function flowFaultIn(collection: YAMLMap | YAMLSeq, text: string): FlowFault | undefined {
	for (const item of collection.items) {
		const fault = 'key' in (item as object) ? pairFault(item as Pair, text) : wordFault(item as YamlNode | null);
		if (fault !== undefined) return fault;
	}
	return undefined;
}

const pairFault = ({ key, value }: Pair, text: string): FlowFault | undefined =>
	wordFault(key as YamlNode | null) ?? keyFault(key as YamlNode | null, text) ?? wordFault(value as YamlNode | null);

/** An unquoted text cannot begin with a colon there, nor hold a question mark. */
function wordFault(node: YamlNode | null): FlowFault | undefined {
	if (!isScalar<string>(node) || node.type !== 'PLAIN') return undefined;
	const sign = node.value.startsWith(':') ? ':' : node.value.includes('?') ? '?' : undefined;
	if (sign === undefined) return undefined;
	const message = `\`${sign}\` stands in a text without quotes inside of brackets`;
	return { offset: node.range?.[0] ?? 0, message, hint: 'Put the text in quotes.' };
}

const keyLimit = 1024;
const lineBreak = /[\n\r\u0085\u2028\u2029]/;
/** From the end of a key up to its colon. */
const toColon = /\s*(?:#[^\n\r]*[\n\r]\s*)*:/y;

/** A key is on one line with its colon, and not too long, where no question mark announces it. */
function keyFault(node: YamlNode | null, text: string): FlowFault | undefined {
	const [start, end] = node?.range ?? [0, 0];
	if (end === start || isAnnounced(start, text)) return undefined;
	toColon.lastIndex = end;
	if (!toColon.test(text)) return undefined;
	const written = text.slice(start, toColon.lastIndex - 1);
	if (lineBreak.test(written)) {
		const hint = 'Put a comma between entries, and each `:` on the line of its key.';
		return { offset: start, message: 'a key inside of brackets goes over several lines', hint };
	}
	if (written.length <= keyLimit || [...written].length <= keyLimit) return undefined;
	return { offset: start, message: `a key is longer than ${keyLimit} characters`, hint: 'Shorten it.' };
}

const isAnnounced = (start: number, text: string): boolean =>
	/\?\s+$/.test(text.slice(Math.max(0, start - 200), start));
