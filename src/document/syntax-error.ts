import { isCollection, isScalar, visit, type Document as YamlDocument } from 'yaml';
import type { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';
import type { Fault } from './watch-lexemes.ts';

/** What is wrong with a text that is no YAML, where, and what to do. */
interface Explanation {
	readonly message: string;
	readonly hint: string;
	/** Where the cause stands, if not where the parser stopped. */
	readonly offset?: number | undefined;
}

/** Whether docker compose's YAML minds it too: comments need no blank before them there. */
export function isFault({ code, message, pos }: Fault, text: string): boolean {
	if (code === 'BAD_DQ_ESCAPE') return !text.startsWith("\\'", pos[0]);
	return !(code === 'MISSING_CHAR' && message.startsWith('Comments must be separated'));
}

export interface Failure {
	readonly documents: readonly YamlDocument.Parsed[];
	readonly fault: Fault;
}

interface Text {
	readonly source: SourceFile;
	readonly findings: Findings;
}

export function reportSyntaxError({ documents, fault }: Failure, { source, findings }: Text): void {
	const { code, message, pos } = fault;
	const stop: Stop = { documents, source, offset: pos[0], message };
	const explanation = explainers[code]?.(stop) ?? plainly(stop);
	findings.error('YAML_INVALID', `this is not valid YAML: ${explanation.message}`, {
		at: { source, offset: explanation.offset ?? pos[0] },
		hint: explanation.hint,
	});
}

/** Where the quote or bracket opens that the parser takes for open. */
export function openingOf({ documents, fault }: Failure, source: SourceFile): number | undefined {
	const { code, message, pos } = fault;
	const stop: Stop = { documents, source, offset: pos[0], message };
	if (code === 'QUOTE_ESCAPED') return pos[0];
	if (message.startsWith('Flow')) return openBracket(stop).offset;
	return message.includes('quote') ? openQuote(stop).offset : undefined;
}

/** Where the parser stopped and what it says. */
interface Stop {
	readonly documents: readonly YamlDocument.Parsed[];
	readonly source: SourceFile;
	readonly offset: number;
	readonly message: string;
}

const plainly = ({ message }: Stop): Explanation => ({
	message: `${message.charAt(0).toLowerCase()}${message.slice(1)}`,
	hint: 'Check indentation, quotes and brackets around this place.',
});

const explainers: Readonly<Record<string, (stop: Stop) => Explanation | undefined>> = {
	BAD_ALIAS: () => ({ message: '`*` names no anchor', hint: 'Put the value in quotes, or name an anchor.' }),
	BAD_DQ_ESCAPE: ({ source, offset }) => ({
		message: `\`${source.text.slice(offset, offset + 2)}\` is no escape sequence`,
		hint: 'Write the backslash twice, or use single quotes.',
	}),
	BAD_INDENT: (stop) => (stop.message.startsWith('Flow') ? openBracket(stop) : strayLine(stop)),
	BAD_SCALAR_START: ({ source, offset }) => ({
		message: `a value cannot start with \`${source.text[offset]}\``,
		hint: 'Put the value in quotes.',
	}),
	BLOCK_AS_IMPLICIT_KEY: secondKey,
	BLOCK_IN_FLOW: () => ({
		message: 'two entries without a comma between them',
		hint: 'Put a comma between the entries, or the value in quotes.',
	}),
	MISSING_CHAR: (stop) => (stop.message.includes('quote') ? openQuote(stop) : undefined),
	MULTILINE_IMPLICIT_KEY: () => ({
		message: 'a key is not followed by `:` on its line',
		hint: 'Write `:` behind the key.',
	}),
	PROPERTY_END: ({ message }) => ({
		message: `no blank stands behind \`${message}\``,
		hint: 'Put a blank behind it, or the whole value in quotes.',
	}),
	QUOTE_ESCAPED: escapedQuote,
	TAB: strayTab,
	TAB_AS_INDENT: () => ({ message: 'a tab is used for indentation', hint: 'Indent with spaces.' }),
	UNEXPECTED_TOKEN: unexpected,
};

/** The quoted text that goes on to where the parser stopped. */
function openQuote({ documents, source, offset }: Stop): Explanation {
	let start: number | undefined;
	for (const document of documents)
		visit(document, {
			Scalar(_, node) {
				const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
				if (isQuoted && (node.range?.[1] ?? 0) >= offset) start ??= node.range?.[0];
			},
		});
	const quote = source.text[start ?? offset];
	return { message: `the quote \`${quote}\` is not closed`, hint: `Close it with ${quote}.`, offset: start };
}

/** The innermost bracket that is open where the parser stopped. */
function openBracket({ documents, source, offset }: Stop): Explanation {
	let start: number | undefined;
	for (const document of documents)
		visit(document, {
			Collection(_, node) {
				const [from, to] = node.range ?? [0, 0];
				if (isCollection(node) && node.flow === true && from < offset && to >= offset) start = from;
			},
		});
	const bracket = source.text[start ?? offset] ?? '{';
	const closing = bracket === '[' ? ']' : '}';
	return {
		message: `the bracket \`${bracket}\` is not closed`,
		hint: `Add the missing \`${closing}\`, and indent what is inside.`,
		offset: start,
	};
}

/** The quote that would end the text says itself in it. */
function escapedQuote({ source, offset }: Stop): Explanation {
	const quote = source.text[offset];
	return quote === '"'
		? {
				message: 'the quote `"` is not closed: `\\"` stands for a quote in the text',
				hint: 'Write the backslash twice, or use single quotes.',
			}
		: { message: "the quote `'` is not closed: `''` stands for one in the text", hint: "Close it with '." };
}

function strayTab({ source, offset }: Stop): Explanation {
	const [, indicator] = /([-?:]) *$/.exec(source.text.slice(0, offset)) ?? [];
	if (indicator === undefined) return { message: 'a tab is used for indentation', hint: 'Indent with spaces.' };
	return { message: `a tab stands behind \`${indicator}\``, hint: `Put a space behind \`${indicator}\`.` };
}

function strayLine({ source, offset }: Stop): Explanation {
	const blanks = /\s*/y;
	blanks.lastIndex = offset;
	return {
		message: 'this line is indented like none of those above it',
		hint: 'Indent it as its neighbours are.',
		offset: offset + (blanks.exec(source.text)?.[0].length ?? 0),
	};
}

/** A mapping where a plain value is: on one line, or because the next line is indented deeper. */
function secondKey({ source, offset }: Stop): Explanation {
	const [line = ''] = source.text.slice(offset, offset + 1000).split('\n', 1);
	return /:(?:\s|$)/.test(line)
		? {
				message: 'a second `: ` on one line',
				hint: 'Put the value in quotes, or the inner key on a line of its own.',
			}
		: {
				message: 'the line below this value is indented as a part of it',
				hint: 'Indent both lines alike, or remove the value.',
			};
}

function unexpected({ source, offset, message }: Stop): Explanation | undefined {
	if (message.includes('same line with key')) {
		return { message: 'a list starts on the line of its key', hint: 'Start the list on the next line.' };
	}
	const found = source.text[offset] ?? '';
	if (/[\]}]/.test(found)) {
		return { message: `\`${found}\` closes nothing`, hint: 'Remove it, or put the value in quotes.' };
	}
	if (!message.includes('at node end')) return undefined;
	return { message: 'text stands behind the end of a value', hint: 'Remove it, or put the whole value in quotes.' };
}
