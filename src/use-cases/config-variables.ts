import { type MentionedVariable, mentionedVariables } from '../document/mentioned-variables.ts';
import { compareNatural } from '../document/natural-order.ts';
import type { Node } from '../document/node.ts';
import { textsOf } from '../document/texts-of.ts';
import { writeKey, writeScalar } from '../document/write-scalar.ts';
import { LabcError } from '../errors/labc-error.ts';
import { maskValue } from '../errors/mask.ts';
import { compareText } from '../model/ordered-entries.ts';
import { displayWidth, padToWidth } from '../render/display-width.ts';
import type { ConfigRequest } from './config-request.ts';

/** The variables the files mention, in one of docker compose's forms. */
export function variablesText(
	tree: Node,
	{ format = 'table', redact }: Pick<ConfigRequest, 'format' | 'redact'>,
): string {
	const write = Object.hasOwn(writers, format) ? writers[format] : undefined;
	if (write === undefined) {
		throw new LabcError('USAGE_INVALID', `\`${format}\` is not a format of variables`, {
			hint: 'Write `table`, `json` or `yaml`.',
		});
	}
	const variables = variablesOf(tree);
	return write(redact ? variables.map(redacted) : variables);
}

/** Each variable once, by name; of several mentions the last one counts. */
function variablesOf(tree: Node): readonly MentionedVariable[] {
	const byName = new Map<string, MentionedVariable>();
	for (const text of textsOf(tree)) {
		for (const variable of mentionedVariables(text)) byName.set(variable.name, variable);
	}
	return [...byName.values()].sort((a, b) => compareText(a.name, b.name));
}

const redacted = (variable: MentionedVariable): MentionedVariable => ({
	...variable,
	otherwise: hidden(variable.name, variable.otherwise),
	instead: hidden(variable.name, variable.instead),
});

const hidden = (name: string, text: string): string => (text === '' ? '' : maskValue(name, text));

type Writer = (variables: readonly MentionedVariable[]) => string;

/** As docker compose aligns it: blanks stay behind the last filled column too. */
const table: Writer = (variables) => {
	const rows = [
		titles,
		...variables.map(({ name, required, otherwise, instead }) => [name, `${required}`, otherwise, instead]),
	];
	const widths = titles
		.slice(0, -1)
		.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))) + gap);
	return rows
		.map(
			(row) =>
				`${row.map((cell, column) => padToWidth(cell, Math.max(widths[column] ?? 0, narrowest(column)))).join('')}\n`,
		)
		.join('');
};

const titles = ['NAME', 'REQUIRED', 'DEFAULT VALUE', 'ALTERNATE VALUE'];
const gap = 3;
const narrowest = (column: number): number => (column === titles.length - 1 ? 0 : 20);

const writers: Readonly<Record<string, Writer>> = {
	'': table,
	table,
	pretty: table,
	json: (variables) => `${JSON.stringify(Object.fromEntries(variables.map(jsonEntry)), undefined, 4)}\n\n`,
	yaml: (variables) => (variables.length === 0 ? '{}\n' : variables.toSorted(byNaturalName).map(yamlEntry).join('')),
};

const byNaturalName = (a: MentionedVariable, b: MentionedVariable): number => compareNatural(a.name, b.name);

const jsonEntry = ({ name, required, otherwise, instead }: MentionedVariable) =>
	[name, { Name: name, DefaultValue: otherwise, PresenceValue: instead, Required: required }] as const;

const yamlEntry = ({ name, required, otherwise, instead }: MentionedVariable): string =>
	[
		`${writeKey(name)}:`,
		`    name: ${writeKey(name)}`,
		`    defaultvalue: ${writeScalar(otherwise, '        ')}`,
		`    presencevalue: ${writeScalar(instead, '        ')}`,
		`    required: ${required}`,
		'',
	].join('\n');
