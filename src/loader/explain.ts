import type { MappingNode, Node } from '../document/node.ts';
import type { AttributePath } from '../document/path.ts';
import { nodeAt } from '../document/plain.ts';
import { didYouMean } from '../errors/did-you-mean.ts';
import type { Findings } from '../errors/findings.ts';
import { type ErrorObject, validate } from '../generated/explain-compose.js';
import { describeValue, expectationOf } from './expectation.ts';

/** Turns the validator's errors, which name every branch of every choice, into one message for each place. */
export function explain(tree: MappingNode, plain: unknown, findings: Findings): void {
	validate(plain);
	const failed = new Set(findings.errors.map(({ path }) => path));
	for (const { path, errors } of deepestSpots(validate.errors ?? [])) {
		if (findings.isFull) return;
		if (failed.has(path.join('.'))) continue;
		explainSpot({ path, errors, node: nodeAt(tree, path) ?? tree, findings });
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
		const errorsHere = outer.has(place) ? found.filter((error) => !isAboutChoice(error)) : found;
		return errorsHere.length === 0 ? [] : [{ path: pathOf(place), errors: errorsHere }];
	});
}

const isAboutChoice = ({ keyword }: ErrorObject): boolean => keyword === 'oneOf' || keyword === 'type';

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
	const particular = place.errors.filter((error) => !isAboutChoice(error));
	if (particular.length === 0) explainType(place);
	for (const error of particular) {
		if (place.findings.isFull) return;
		explainers[error.keyword]?.(error, place);
	}
}

function explainType({ path, errors, node, findings }: Place): void {
	const expected = expectationOf(
		errors.flatMap(({ keyword, params }) => (keyword === 'type' ? [params['type']].flat() : [])),
	);
	findings.error('SCHEMA_VIOLATION', `${nameOf(path)} must be ${expected}, found ${describeValue(node)}`, {
		at: node.at,
		path,
		hint: `Write ${expected} here.`,
	});
}

const nameOf = (path: AttributePath): string => (path.length === 0 ? 'the file' : `\`${path.join('.')}\``);

const explainers: Readonly<Record<string, (error: ErrorObject, place: Place) => void>> = {
	additionalProperties: explainUnknown,
	required: ({ params }, { path, node, findings }) => {
		const missing = params['missingProperty'];
		const message = `${nameOf(path)} must have \`${missing}\``;
		findings.error('SCHEMA_VIOLATION', message, { at: node.at, path, hint: `Add \`${missing}\`.` });
	},
	enum: ({ params }, { path, node, findings }) => {
		const allowed = (params['allowedValues'] as readonly unknown[]).map((value) => `\`${value}\``).join(', ');
		const message = `${nameOf(path)} cannot be ${describeValue(node)}`;
		findings.error('SCHEMA_VIOLATION', message, { at: node.at, path, hint: `Write one of ${allowed}.` });
	},
	minimum: explainRange,
	maximum: explainRange,
	pattern: ({ params }, { path, node, findings }) => {
		const message = `${nameOf(path)} has a form that is not allowed: ${describeValue(node)}`;
		findings.error('SCHEMA_VIOLATION', message, {
			at: node.at,
			path,
			hint: `Write a text that matches ${params['pattern']}.`,
		});
	},
};

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
	const owner = path.length === 0 ? 'a Compose file' : `\`${path.join('.')}\``;
	const message =
		known.length === 0 ? `\`${name}\` is not a name that ${owner} may hold` : `${owner} has no attribute \`${name}\``;
	const plainHint =
		known.length === 0 ? 'Use letters, digits, `.`, `_` and `-`.' : 'Remove it, or start its name with `x-`.';
	findings.error('SCHEMA_VIOLATION', message, {
		...place,
		hint: guess === undefined ? plainHint : `Did you mean \`${guess}\`?`,
	});
}
