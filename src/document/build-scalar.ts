import type { Scalar } from 'yaml';
import type { Findings } from '../errors/findings.ts';
import type { Position } from '../errors/source-location.ts';
import { badEscapeIn } from './bad-escape.ts';
import { decodeBinary } from './decode-binary.ts';
import type { ScalarNode } from './node.ts';
import type { AttributePath } from './path.ts';
import { type ResolvedScalar, resolveScalar } from './resolve-scalar.ts';

interface Place {
	readonly path: AttributePath;
	readonly findings: Findings;
}

const coreTag = 'tag:yaml.org,2002:';

/** What a scalar means by its quotes and its tag. A tag that the text does not fit is a finding. */
export function buildScalar(node: Scalar<string>, at: Position, place: Place): ScalarNode {
	refuseBadEscape(node, at, place);
	const tag = node.tag?.startsWith(coreTag) === true ? node.tag.slice(coreTag.length) : node.tag;
	if (tag === '!' && node.type === 'PLAIN') return buildResolved(node.value, undefined, { ...place, at });
	if (tag === 'binary') return buildBinary(node.value, at, place);
	const isText = tag === undefined ? node.type !== 'PLAIN' : !resolvableTags.has(tag);
	return isText ? { kind: 'scalar', value: node.value, at } : buildResolved(node.value, tag, { ...place, at });
}

const resolvableTags: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'null', 'timestamp']);

function refuseBadEscape(node: Scalar<string>, at: Position, { path, findings }: Place): void {
	if (node.type !== 'QUOTE_DOUBLE' || node.range === undefined || node.range === null) return;
	const [start, end] = node.range;
	const bad = badEscapeIn(at.source.text.slice(start, end));
	if (bad === undefined) return;
	findings.error('YAML_INVALID', `this is not valid YAML: \`${bad.text}\` ${bad.problem}`, {
		at: { source: at.source, offset: start + bad.offset },
		path,
		hint: bad.hint,
	});
}

function buildBinary(text: string, at: Position, { path, findings }: Place): ScalarNode {
	const decoded = decodeBinary(text);
	if (typeof decoded === 'string') return { kind: 'scalar', value: decoded, at };
	findings.error('YAML_INVALID', `the \`!!binary\` value ${decoded.problem}`, {
		at,
		path,
		hint: 'Write the text itself, without the tag.',
	});
	return { kind: 'scalar', value: text, at };
}

function buildResolved(
	text: string,
	tag: string | undefined,
	{ at, path, findings }: Place & { at: Position },
): ScalarNode {
	const resolved = resolveScalar(text);
	if (resolved === 'merge' && tag === undefined) return { kind: 'scalar', value: text, at };
	if (typeof resolved === 'object' && (tag === undefined || tag === tagOf(resolved))) {
		if (resolved.isTimestamp === true && !isInExtension(path)) reportTimestamp(text, at, { path, findings });
		return { kind: 'scalar', at, ...resolved };
	} else if (typeof resolved === 'object' && tag === 'float' && tagOf(resolved) === 'int') {
		return { kind: 'scalar', at, value: Number(resolved.value), float: true };
	} else {
		const hint = 'Remove the tag, or write a value that fits it.';
		findings.error('YAML_INVALID', `\`${text.slice(0, 40)}\` does not fit its tag \`!!${tag}\``, { at, path, hint });
	}
	return { kind: 'scalar', value: text, at };
}

/** Whether `path` is of an extension of the project, or of one of its resources: nobody minds what is in there. */
export const isInExtension = (path: AttributePath): boolean =>
	[0, 2].some((level) => String(path[level] ?? '').startsWith('x-'));

export function reportTimestamp(text: string, at: Position, { path, findings }: Place): void {
	const hint = 'Put it in quotes.';
	findings.error('YAML_INVALID', `\`${text}\` is a date, which no attribute takes`, { at, path, hint });
}

/** The tag that an untagged value has; text has none of those that are resolved. */
function tagOf({ value, float, isTimestamp }: Exclude<ResolvedScalar, string>): string | undefined {
	if (isTimestamp === true) return 'timestamp';
	if (value === null) return 'null';
	if (typeof value === 'boolean') return 'bool';
	if (typeof value === 'string') return undefined;
	return float === true ? 'float' : 'int';
}
