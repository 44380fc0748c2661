import type { CST } from 'yaml';
import type { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';

/** What docker compose's YAML does not take between documents, and what to do. */
interface Problem {
	readonly message: string;
	readonly hint: string;
}

/** Refuses directives and ends of documents that docker compose's YAML refuses; true where there is one. */
export function refuseStream(tokens: readonly CST.Token[], source: SourceFile, findings: Findings): boolean {
	const seen = new Set<string>();
	let before: CST.Token | undefined;
	for (const token of tokens) {
		const problem = token.type === 'directive' ? problemOfDirective(token.source, seen) : problemOf(token, before);
		if (problem !== undefined) {
			const message = `this is not valid YAML: ${problem.message}`;
			findings.error('YAML_INVALID', message, { at: { source, offset: token.offset }, hint: problem.hint });
			return true;
		}
		if (token.type === 'document') seen.clear();
		if (token.type === 'document' || token.type === 'doc-end' || token.type === 'directive') before = token;
	}
	return false;
}

function problemOfDirective(written: string, seen: Set<string>): Problem | undefined {
	const [name = '', ...values] = written.split(/[ \t]+/);
	const subject = name === '%TAG' ? `${name} ${values[0]}` : name;
	if (seen.has(subject)) return { message: `\`${subject}\` is given twice`, hint: 'Remove one of the two.' };
	seen.add(subject);
	if (name === '%TAG') return problemOfHandle(values[0]);
	if (name !== '%YAML') return { message: `there is no directive \`${name}\``, hint: 'Remove the line.' };
	const [version = ''] = (values[0] ?? '').split('#');
	if (/^0*1\.0*1$/.test(version)) return undefined;
	return { message: `the YAML version \`${version}\` is not 1.1`, hint: 'Remove the line, which nothing needs.' };
}

function problemOfHandle(handle = ''): Problem | undefined {
	if (/^!(?:[\w-]*!)?$/.test(handle)) return undefined;
	return { message: `\`${handle}\` is no handle of a tag`, hint: 'Write it as `!name!`.' };
}

/** Nothing stands before the end of this document, not even `---`. */
const isNothing = (token: CST.Token): boolean =>
	token.type === 'document' && token.value === undefined && token.start.every(({ type }) => type !== 'doc-start');

const problemOf = (token: CST.Token, before: CST.Token | undefined): Problem | undefined =>
	token.type === 'byte-order-mark' && token.offset > 0 ? lateMark : problemOfEnd(token, before);

const lateMark: Problem = {
	message: 'the mark of Unicode U+FEFF, which cannot be seen, stands inside of the file',
	hint: 'Delete it at the begin of this line.',
};

function problemOfEnd(token: CST.Token, before: CST.Token | undefined): Problem | undefined {
	if (token.type === 'doc-end' && (before === undefined || isNothing(before))) {
		return { message: '`...` ends a document that has not begun', hint: 'Remove the line.' };
	}
	if (token.type !== 'document' || before?.type !== 'doc-end') return undefined;
	if (token.start.some(({ type }) => type === 'doc-start')) return undefined;
	return { message: 'a document begins behind `...` without `---`', hint: 'Write `---` on a line before it.' };
}
