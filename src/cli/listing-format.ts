import { LabcError } from '../errors/labc-error.ts';
import { type Column, formatTable, type Spacing } from '../render/table.ts';
import { formatRowTemplate, parseRowTemplate, type RowTemplate } from '../render/template/format-template.ts';

/** What `--format` asks for. */
export type ListingFormat = 'table' | 'json' | RowTemplate;

/** How rows of one kind are shown. */
export interface RowKind<T> {
	/** Of the table that is shown without `--format`. */
	readonly columns: readonly Column<T>[];
	/** Docker's, unless the table is a full one. */
	readonly spacing?: Spacing | undefined;
	/** What `--format json` prints, one object a line, and what templates see; functions are for templates only. */
	readonly fields: (row: T) => object;
	/** What a template's columns are called. */
	readonly headers: Readonly<Record<string, unknown>>;
}

/** For listings that also take Go templates; `raw` is docker's own word for one of them. */
export function readRowFormat(format: string | undefined, raw: string): ListingFormat {
	if (format === undefined || format === '' || format === 'table') return 'table';
	if (format === 'json') return 'json';
	return parseRowTemplate(format === 'raw' ? raw : format);
}

export function formatRows<T>(
	rows: readonly T[],
	kind: RowKind<T>,
	{ format, columns }: { readonly format: ListingFormat; readonly columns?: number | undefined },
): string {
	if (format === 'table') return formatTable(rows, kind.columns, { columns, spacing: kind.spacing });
	const fields = rows.map(kind.fields);
	if (format === 'json') return fields.map((row) => `${JSON.stringify(row)}\n`).join('');
	return formatRowTemplate(format, fields, kind.headers);
}

/** For listings that know no templates. */
export function readListFormat(format = 'table'): 'table' | 'json' {
	if (format === 'json') return format;
	if (format === 'table' || format === 'pretty' || format === '') return 'table';
	throw new LabcError('USAGE_INVALID', `\`--format\` takes table or json, not \`${format}\``, {
		hint: 'Use `--format json` and pick fields from it, for example with `jq`.',
	});
}

/** What the column of a label is called: the last part of its name. */
export const labelHeader = (key: unknown): string => (String(key).split('.').at(-1) ?? '').replaceAll(/[-_]/g, ' ');

/** A template may ask for any name: what every object has is no label. */
export const labelOf = (labels: Readonly<Record<string, string>>, key: unknown): string =>
	Object.hasOwn(labels, String(key)) ? (labels[String(key)] ?? '') : '';

/** `a=b,c=d` */
export const formatLabels = (labels: Readonly<Record<string, string>>): string =>
	Object.entries(labels)
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
