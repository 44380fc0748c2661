import type { Plain } from '../document/plain.ts';
import { didYouMean } from '../errors/did-you-mean.ts';
import { LabcError } from '../errors/labc-error.ts';
import { mask, maskValue, maskValues } from '../errors/mask.ts';
import type { SourceLocation } from '../errors/source-location.ts';
import { type ExplainedValue, explainValue, type WrittenPlace } from '../loader/explain-value.ts';
import type { LoadedTree } from '../loader/load-tree.ts';
import {
	type IncludedTrace,
	type TracedVariable,
	traceIncluded,
	traceVariable,
	type VariableSetting,
} from '../loader/trace-variable.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import { redactText } from './redact-text.ts';
import { secretValuesOfTree } from './secret-values.ts';

export interface ExplainRequest {
	/** A path as `services.web.image`, or `${NAME}`. */
	readonly question: string;
	readonly format: string | undefined;
	readonly redact: boolean;
	/** Values that are hidden wherever they stand, with `redact`. */
	readonly secrets?: ReadonlySet<string>;
	/** Names a place as the person would. */
	place(at: SourceLocation): SourceLocation;
}

/** Tells where a value or a variable of the project comes from, as text or as JSON. */
export async function explainConfig(
	asked: ExplainRequest,
	loaded: LoadedTree,
	options: ProjectOptions,
): Promise<string> {
	const { question, format = 'text' } = asked;
	const request = { ...asked, secrets: secretValuesOfTree(loaded.tree, loaded.contents) };
	if (format !== 'json' && format !== 'text') {
		throw new LabcError('USAGE_INVALID', `\`${format}\` is not a format of \`--explain\``, {
			hint: 'Write `json`, or leave `--format` out.',
		});
	}
	const name = /^\$(?:\{(\w+)\}|(\w+))$/.exec(question)?.slice(1).find(Boolean);
	if (name !== undefined) {
		const included = await traceIncluded(name, options, loaded);
		const traced = await traceVariable(name, options, loaded.sources);
		refuseUnknown(traced, included, loaded);
		return format === 'json'
			? jsonText({ ...variableJson(traced, request), included: included.map((one) => includedJson(one, request)) })
			: `${[...variableText(traced, request), ...included.flatMap((one) => includedText(one, request))].join('\n')}\n`;
	}
	const explained = await explainValue(question, loaded, options);
	return format === 'json' ? jsonText(valueJson(explained, request)) : `${valueText(explained, request).join('\n')}\n`;
}

function refuseUnknown(
	traced: TracedVariable,
	elsewhere: readonly IncludedTrace[],
	{ sources, included }: LoadedTree,
): void {
	if (traced.setting !== undefined || elsewhere.length > 0) return;
	const seen = [sources, ...[...included.values()].flat()].flatMap(({ variables }) => [...variables.keys()]);
	const guess = didYouMean(traced.name, new Set(seen));
	throw new LabcError('USAGE_INVALID', `nothing sets the variable \`${traced.name}\``, {
		hint: guess === undefined ? 'Set it in the environment or in `.env`.' : `Did you mean \`\${${guess}}\`?`,
	});
}

const jsonText = (value: unknown): string =>
	`${JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? String(member) : member), 2)}\n`;

function valueText(explained: ExplainedValue, request: ExplainRequest): readonly string[] {
	const { path, isImplied, written, variables, replaced } = explained;
	const reason = isImplied ? '  nobody wrote it: it follows from what stands at' : '  written at';
	return [
		`${path.join('.')}: ${shortValue(shownValue(explained, request))}`,
		`${reason} ${writtenText(written, explained, request)}`,
		...variables.flatMap((variable) => variableText(variable, request)).map((line) => `  ${line}`),
		...replaced.map((place) => `  in place of ${writtenText(place, explained, request)}`),
	];
}

function writtenText(place: WrittenPlace, explained: ExplainedValue, request: ExplainRequest): string {
	const text = shownText(place, explained, request);
	return `${placeText(place.at, request)}${text === undefined ? '' : `: ${text}`}`;
}

const shownText = (
	{ text }: WrittenPlace,
	{ path }: ExplainedValue,
	{ redact, secrets }: ExplainRequest,
): string | undefined => (text === undefined || !redact ? text : redactText(text, path.map(String), secrets));

function shownValue({ path, value }: ExplainedValue, { redact, secrets }: ExplainRequest): Plain {
	return redact && typeof value === 'string' ? redactText(value, path.map(String), secrets) : value;
}

function shortValue(value: Plain): string {
	if (Array.isArray(value)) return `a list of ${value.length}`;
	if (typeof value === 'object' && value !== null) return `a mapping of ${Object.keys(value).join(', ') || 'nothing'}`;
	return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}

function variableText({ name, setting, shadowed }: TracedVariable, request: ExplainRequest): readonly string[] {
	if (setting === undefined) return [`\${${name}} is not set`];
	return [
		`\${${name}} is ${settingText(name, setting, request)}`,
		...shadowed.map((lost) => `  in place of ${settingText(name, lost, request)}`),
	];
}

function includedText({ file, variable }: IncludedTrace, request: ExplainRequest): readonly string[] {
	const place = request.place({ file, line: 1, column: 1, lineText: '' });
	return [`in the included ${place.file}:`, ...variableText(variable, request).map((line) => `  ${line}`)];
}

function settingText(name: string, { value, from, at }: VariableSetting, request: ExplainRequest): string {
	const shown = JSON.stringify(shownSetting(name, value, request));
	if (at !== undefined) return `${shown}, from ${placeText(at, request)}`;
	return `${shown}, ${from === 'environment' ? 'from the environment' : 'set by labc'}`;
}

function placeText(at: SourceLocation, { place }: ExplainRequest): string {
	const { file, line, column } = place(at);
	return `${file}:${line}:${column}`;
}

const valueJson = (explained: ExplainedValue, request: ExplainRequest) => ({
	path: explained.path.join('.'),
	value:
		request.redact && typeof explained.value === 'object' && explained.value !== null
			? mask
			: shownValue(explained, request),
	implied: explained.isImplied,
	written: placeJson(explained.written, explained, request),
	variables: explained.variables.map((variable) => variableJson(variable, request)),
	replaced: explained.replaced.map((place) => placeJson(place, explained, request)),
});

function placeJson(written: WrittenPlace, explained: ExplainedValue, request: ExplainRequest) {
	const { file, line, column } = request.place(written.at);
	return { file, line, column, text: shownText(written, explained, request) };
}

const variableJson = ({ name, setting, shadowed }: TracedVariable, request: ExplainRequest) => ({
	name,
	set: setting === undefined ? null : settingJson(name, setting, request),
	shadowed: shadowed.map((lost) => settingJson(name, lost, request)),
});

const includedJson = ({ file, variable }: IncludedTrace, request: ExplainRequest) => ({
	in: request.place({ file, line: 1, column: 1, lineText: '' }).file,
	...variableJson(variable, request),
});

function settingJson(name: string, { value, from, at }: VariableSetting, request: ExplainRequest) {
	const { file, line, column } =
		at === undefined ? { file: undefined, line: undefined, column: undefined } : request.place(at);
	return { value: shownSetting(name, value, request), from, file, line, column };
}

const shownSetting = (name: string, value: string, { redact, secrets = new Set() }: ExplainRequest): string =>
	redact ? maskValues(maskValue(name, value), secrets) : value;
