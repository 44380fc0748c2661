import type { MappingNode, Node } from '../document/node.ts';
import type { AttributePath } from '../document/path.ts';
import { nodeAt } from '../document/plain.ts';
import { didYouMean } from '../errors/did-you-mean.ts';
import type { Findings } from '../errors/findings.ts';
import { type ErrorObject, validate } from '../generated/explain-compose.js';
import { describeValue, expectationOf } from './expectation.ts';
import { meantInstead } from './misplaced.ts';

/** Turns the validator's errors, which name every branch of every choice, into one message for each place. */
export function explain(tree: MappingNode, plain: unknown, findings: Findings): void {
	const failed = findings.failedPaths;
	for (const portion of portionsOf(plain as Record<string, unknown>)) {
		validate(portion);
		for (const { path, errors } of deepestSpots(validate.errors ?? [])) {
			if (findings.isFull) return;
			if (failed.has(path.join('.'))) continue;
			explainSpot({ path, errors, node: nodeAt(tree, path) ?? tree, findings });
		}
	}
}

const portionSize = 100;

/** A hundred services at a time: the validator takes the square of the errors it finds at once. */
function* portionsOf(plain: Readonly<Record<string, unknown>>): Iterable<unknown> {
	const { services, ...rest } = plain;
	const isMapping = typeof services === 'object' && services !== null && !Array.isArray(services);
	const entries = isMapping ? Object.entries(services) : [];
	if (entries.length <= portionSize) yield plain;
	else {
		yield rest;
		for (let start = 0; start < entries.length; start += portionSize) {
			yield { services: Object.fromEntries(entries.slice(start, start + portionSize)) };
		}
	}
}

interface Spot {
	readonly path: AttributePath;
	readonly errors: readonly ErrorObject[];
}

/** Errors by place, without those places that only repeat what is wrong further inside. */
function deepestSpots(errors: readonly ErrorObject[]): readonly Spot[] {
	const byPlace = Map.groupBy(errors, ({ instancePath }) => instancePath);
	const outer = new Set<string>();
	for (const place of byPlace.keys()) {
		for (let end = place.lastIndexOf('/'); end > -1; end = place.lastIndexOf('/', end - 1)) {
			outer.add(place.slice(0, end));
			if (end === 0) break;
		}
	}
	return [...byPlace].flatMap(([place, found]) => {
		const errorsHere = outer.has(place) ? found.filter((error) => !isOfOtherBranch(error)) : found;
		return errorsHere.length === 0 ? [] : [{ path: pathOf(place), errors: errorsHere }];
	});
}

const isAboutChoice = ({ keyword }: ErrorObject): boolean => keyword === 'oneOf' || keyword === 'type';

/** What is wrong inside shows which form was meant: that it is none of the words that would do as well says nothing. */
const isOfOtherBranch = (error: ErrorObject): boolean => isAboutChoice(error) || error.keyword === 'enum';

const pathOf = (pointer: string): AttributePath =>
	pointer
		.split('/')
		.slice(1)
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

interface Place extends Spot {
	readonly node: Node;
	readonly findings: Findings;
}

/** A value of a wrong type is one finding; a value of the right type may have several. */
function explainSpot(place: Place): void {
	const particular = place.errors.filter((error) => !isAboutChoice(error) && error.propertyName === undefined);
	if (particular.length === 0) explainType(place);
	for (const error of particular) {
		if (place.findings.isFull) return;
		explainers[error.keyword]?.(error, place);
	}
}

function explainType({ path, errors, node, findings }: Place): void {
	const types = errors.flatMap(({ keyword, params }) => (keyword === 'type' ? [params['type']].flat() : []));
	const expected = expectationOf(types);
	findings.error('SCHEMA_VIOLATION', `${nameOf(path)} must be ${expected}, found ${describeValue(node)}`, {
		at: node.at,
		path,
		hint: hintForType(expected, { path, errors, node, types }),
	});
}

function hintForType(expected: string, { path, errors, node, types }: Spot & Mistyped): string {
	const takesText = types.includes('string');
	const example = errors.map(({ parentSchema }) => examplesOf(parentSchema)[0]).find((one) => one !== undefined);
	if (takesText && example !== undefined) return `Write ${expected}, for example ${example}.`;
	if (node.kind !== 'scalar') return `Write ${expected} here.`;
	if (node.value === null && path.length === 2 && path[0] === 'services') return 'Add `image` or `build` below it.';
	if (node.value === null) return `Write ${expected} here, or remove \`${path.at(-1) ?? 'it'}\`.`;
	if (types.includes('integer') && typeof node.value === 'number') return 'Write a whole number here.';
	return takesText ? 'Put the value in quotes.' : `Write ${expected} here.`;
}

interface Mistyped {
	readonly node: Node;
	readonly types: readonly string[];
}

/** Texts that would do, from the schema. */
function examplesOf(schema: ErrorObject['parentSchema']): readonly string[] {
	const examples: readonly unknown[] = schema?.['examples'] ?? [schema?.['default']];
	return examples.filter((example) => typeof example === 'string').map((example) => `\`${example}\``);
}

const nameOf = (path: AttributePath): string => (path.length === 0 ? 'the file' : `\`${path.join('.')}\``);

const explainers: Readonly<Record<string, (error: ErrorObject, place: Place) => void>> = {
	additionalProperties: explainUnknown,
	propertyNames: (_, { path, node, findings }) => {
		const at = (node.kind === 'mapping' ? node.entries.get('')?.keyAt : undefined) ?? node.at;
		const message = `${nameOf(path)} holds a name that is empty`;
		findings.error('SCHEMA_VIOLATION', message, { at, path, hint: 'Write a name before the `:`.' });
	},
	required: ({ params, parentSchema }, { path, node, findings }) => {
		const missing = params['missingProperty'];
		const { enum: allowed = [], examples: [example] = [] } = parentSchema?.['properties']?.[missing] ?? {};
		const message = `${nameOf(path)} must have \`${missing}\``;
		const such = example === undefined ? '' : `, for example \`${missing}: ${JSON.stringify(example)}\``;
		const choice = allowed.length === 0 ? such : `: ${listed(allowed)}`;
		findings.error('SCHEMA_VIOLATION', message, { at: node.at, path, hint: `Add \`${missing}\`${choice}.` });
	},
	enum: ({ params }, { path, errors, node, findings }) => {
		const allowed: readonly unknown[] = params['allowedValues'];
		const guess = node.kind === 'scalar' ? didYouMean(String(node.value), allowed.map(String)) : undefined;
		const message = `${nameOf(path)} cannot be ${describeValue(node)}`;
		const hint = guess === undefined ? `Write ${listed(allowed)}${orList(errors)}.` : `Did you mean \`${guess}\`?`;
		findings.error('SCHEMA_VIOLATION', message, { at: node.at, path, hint });
	},
	minimum: explainRange,
	maximum: explainRange,
	uniqueItems: ({ params }, { path, node, findings }) => {
		const index = Math.max(Number(params['i']), Number(params['j']));
		const second = (node.kind === 'sequence' ? node.items[index] : undefined) ?? node;
		const message = `${nameOf(path)} holds ${describeValue(second)} twice`;
		const place = { at: second.at, path: [...path, index] };
		findings.error('SCHEMA_VIOLATION', message, { ...place, hint: 'Remove one of the two.' });
	},
	pattern: ({ params, parentSchema }, { path, node, findings }) => {
		const examples = examplesOf(parentSchema);
		const message = `${nameOf(path)} has a form that is not allowed: ${describeValue(node)}`;
		findings.error('SCHEMA_VIOLATION', message, {
			at: node.at,
			path,
			hint: `Write a text ${examples.length === 0 ? `that matches ${params['pattern']}` : `such as ${examples.join(', ')}`}.`,
		});
	},
};

/** Where a list does too: `, or a list such as [{count: 2}]`. */
function orList(errors: readonly ErrorObject[]): string {
	const list = errors.find(({ keyword, params }) => keyword === 'type' && params['type'] === 'array');
	const [example]: readonly unknown[] = list?.parentSchema?.['examples'] ?? [];
	if (example === undefined) return '';
	return `, or a list such as \`${JSON.stringify(example).replaceAll(/"(\w+)":/g, '$1: ')}\``;
}

/** `a` of one, `one of a, b` of several. */
function listed(values: readonly unknown[]): string {
	const words = values.map((value) => `\`${value}\``).join(', ');
	return values.length === 1 ? words : `one of ${words}`;
}

function explainRange({ keyword, params }: ErrorObject, { path, node, findings }: Place): void {
	const bound = `${keyword === 'minimum' ? 'at least' : 'at most'} ${params['limit']}`;
	findings.error('SCHEMA_VIOLATION', `${nameOf(path)} must be ${bound}, found ${describeValue(node)}`, {
		at: node.at,
		path,
		hint: `Write ${bound}.`,
	});
}

function explainUnknown({ params, parentSchema }: ErrorObject, { path, node, findings }: Place): void {
	const name = String(params['additionalProperty']);
	const at = (node.kind === 'mapping' ? node.entries.get(name)?.keyAt : undefined) ?? node.at;
	const place = { at, path: [...path, name] };
	const known = Object.keys(parentSchema?.['properties'] ?? {});
	const guess = didYouMean(name, known);
	const message = known.length === 0 ? notAName(name, path) : `${ownerOf(path)} has no attribute \`${name}\``;
	const plainHint =
		known.length === 0 ? 'Use letters, digits, `.`, `_` and `-`.' : 'Remove it, or start its name with `x-`.';
	const value = node.kind === 'mapping' ? node.entries.get(name)?.value : undefined;
	const instead = meantInstead(path, name, value) ?? (guess === undefined ? plainHint : `Did you mean \`${guess}\`?`);
	findings.error('SCHEMA_VIOLATION', message, { ...place, hint: instead });
}

const ownerOf = (path: AttributePath): string => (path.length === 0 ? 'a Compose file' : `\`${path.join('.')}\``);

function notAName(name: string, path: AttributePath): string {
	const [section = ''] = path;
	const isResource = path.length === 1 && typeof section === 'string' && section.endsWith('s');
	return isResource
		? `\`${name}\` cannot be the name of a ${section.slice(0, -1)}`
		: `\`${name}\` is not a name that ${ownerOf(path)} may hold`;
}
