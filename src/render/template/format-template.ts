import { alignCells } from '../table.ts';
import { evaluateTemplate } from './evaluate.ts';
import type { TemplateFunction } from './functions.ts';
import type { Node } from './nodes.ts';
import { parseTemplate } from './parse.ts';

/** What `--format` says beside docker's own words: a Go template for each row, with a header where it is a table. */
export interface RowTemplate {
	readonly nodes: readonly Node[];
	readonly isTable: boolean;
}

/** `table {{.Name}}\t{{.Status}}`, or a template without header and columns. `\t` and `\n` may be written as such. */
export function parseRowTemplate(format: string): RowTemplate {
	const isTable = format.startsWith('table');
	const text = (isTable ? format.slice('table'.length) : format).trim();
	return { isTable, nodes: parseTemplate(text.replaceAll('\\t', '\t').replaceAll('\\n', '\n')) };
}

/** Each row on lines of its own; `headers` says what the columns of a table are called. */
export function formatRowTemplate(
	{ nodes, isTable }: RowTemplate,
	rows: readonly object[],
	headers: Readonly<Record<string, unknown>>,
): string {
	const lines = rows.map((row) => evaluateTemplate(nodes, row));
	if (!isTable) return lines.map((line) => `${line}\n`).join('');
	const header = evaluateTemplate(nodes, headers, { functions: headerFunctions, missingField: () => undefined });
	return alignCells([header, ...lines].join('\n').split('\n'));
}

/** What changes a value leaves the word above it as it is. */
const unchanged: TemplateFunction = (value) => value;

const headerFunctions: Readonly<Record<string, TemplateFunction>> = Object.fromEntries(
	['json', 'split', 'join', 'title', 'lower', 'upper', 'pad', 'truncate', 'slice', 'index'].map((name) => [
		name,
		unchanged,
	]),
);
