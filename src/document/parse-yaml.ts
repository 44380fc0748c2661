import { Composer, type Document as YamlDocument } from 'yaml';
import type { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';
import { type Anchors, buildTree } from './build-tree.ts';
import type { Document } from './document.ts';
import { joinedAt } from './join-lines.ts';
import { mayReadOtherwise, withNewlines } from './line-breaks.ts';
import { readScalars } from './read-scalars.ts';
import { refuseCharacters } from './refuse-characters.ts';
import { refuseStream } from './refuse-stream.ts';
import { type Failure, isFault, openingOf, reportSyntaxError } from './syntax-error.ts';
import type { Fault } from './watch-lexemes.ts';
import { tokensOf } from './yaml-limits.ts';

/** Most files hold nothing else: then there is nothing to look at twice. */
const ordinary = /^[\t\n -~]*$/;

/**
 * The documents of a file, as trees with positions. What is no YAML is a finding and gives none.
 * The parser is heavy: import this module at the point of need.
 */
export function parseYaml(source: SourceFile, findings: Findings): readonly Document[] {
	const isOrdinary = ordinary.test(source.text);
	if (!isOrdinary && refuseCharacters(source, findings)) return [];
	const text = isOrdinary ? source.text : withNewlines(source.text);
	const anchors: Anchors = new Map();
	return composeTolerantly({ source, text, findings }).flatMap(
		({ contents }) => buildTree(contents, { source, findings, anchors }) ?? [],
	);
}

interface Task {
	readonly source: SourceFile;
	/** What the parser is given: as long as the source. */
	readonly text: string;
	readonly findings: Findings;
}

/** How much may be parsed again, so that a large file with many such places does not take long. */
const joinLimit = 2_000_000;

/** Lines that the parser refuses for their indentation alone are joined, and the text is parsed again. */
function composeTolerantly(task: Task): readonly YamlDocument.Parsed[] {
	const { source, findings } = task;
	const composed = composeAll(task, mayReadOtherwise(source.text));
	const failure = failureOf(composed, task.text);
	const { documents } = composed;
	if (failure === undefined) {
		if (mayReadOtherwise(source.text)) for (const document of documents) readScalars(document, source.text);
		return documents;
	}
	const joined = composeJoined(task, failure);
	if (joined === undefined) reportSyntaxError(failure, { source, findings });
	return joined ?? [];
}

/** Undefined where joining lines does not help. */
function composeJoined(task: Task, first: Failure): readonly YamlDocument.Parsed[] | undefined {
	const { source } = task;
	let failure: Failure | undefined = first;
	let { text } = task;
	for (let parsed = 0; parsed < joinLimit; parsed += text.length) {
		const opening = openingOf(failure, source);
		const joined = opening === undefined ? undefined : joinedAt(opening, text);
		if (joined === undefined) return undefined;
		text = joined;
		const composed = composeAll({ ...task, text }, true);
		failure = failureOf(composed, text);
		if (failure !== undefined) continue;
		for (const document of composed.documents) readScalars(document, source.text);
		return composed.documents;
	}
	return undefined;
}

interface Composed {
	readonly documents: readonly YamlDocument.Parsed[];
	readonly faults: readonly Fault[];
}

/** The parser's documents; none, with findings that say why, where its tokens are refused. */
function composeAll({ source, text, findings }: Task, keepSourceTokens: boolean): Composed {
	const { tokens, faults } = tokensOf({ path: source.path, text }, findings) ?? {};
	if (tokens === undefined || refuseStream(tokens, source, findings)) return { documents: [], faults: [] };
	const composer = new Composer({
		schema: 'failsafe',
		version: '1.2',
		uniqueKeys: false,
		merge: false,
		resolveKnownTags: false,
		logLevel: 'silent',
		prettyErrors: false,
		keepSourceTokens,
	});
	const documents = [...composer.compose(tokens, true, text.length)] as readonly YamlDocument.Parsed[];
	return { documents, faults: faults ?? [] };
}

/** The first fault tells; the others tend to be its echo. */
function failureOf({ documents, faults }: Composed, text: string): Failure | undefined {
	const own = documents.flatMap(({ errors }) => errors.filter((error) => isFault(error, text)));
	const [first] = [...own, ...faults].toSorted((a, b) => a.pos[0] - b.pos[0]);
	return first === undefined ? undefined : { documents, fault: first };
}
