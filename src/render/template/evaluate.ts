import { didYouMean } from '../../errors/did-you-mean.ts';
import { functions, isTrue, type TemplateFunction } from './functions.ts';
import type { Command, Node, Operand, Pipeline } from './nodes.ts';
import { printValue } from './print-value.ts';
import { templateError } from './template-error.ts';

export interface EvaluateOptions {
	/** Used instead of docker's and Go's own of the same name. */
	readonly functions?: Readonly<Record<string, TemplateFunction>>;
	/** Gives an unknown field; where it is absent, one is refused. */
	readonly missingField?: (name: string) => unknown;
}

/** Fills a template in. Fields that are functions are methods: what follows them are their arguments. */
export const evaluateTemplate = (nodes: readonly Node[], data: unknown, options: EvaluateOptions = {}): string =>
	printNodes(nodes, { dot: data, variables: new Map([['$', { value: data }]]), options });

interface Scope {
	readonly dot: unknown;
	readonly variables: ReadonlyMap<string, { value: unknown }>;
	readonly options: EvaluateOptions;
}

function printNodes(nodes: readonly Node[], outer: Scope): string {
	const variables = new Map(outer.variables);
	const scope = { ...outer, variables };
	let printed = '';
	for (const node of nodes) {
		if (node.kind === 'literal') printed += node.text;
		else if (node.kind === 'print') printed += printPipeline(node.pipeline, scope, variables);
		else if (node.kind === 'range') printed += printRange(node, scope);
		else printed += printChoice(node, scope);
	}
	return printed;
}

/** A value that goes into a variable is not printed. */
function printPipeline(pipeline: Pipeline, scope: Scope, variables: Map<string, { value: unknown }>): string {
	const value = evaluate(pipeline, scope);
	const [name] = pipeline.variables;
	if (name === undefined) return printValue(value);
	const known = variables.get(name);
	if (pipeline.isDeclaration) variables.set(name, { value });
	else if (known === undefined) throw templateError(`there is no variable \`${name}\``);
	else known.value = value;
	return '';
}

type Block = Exclude<Node, { readonly kind: 'literal' | 'print' }>;

function printChoice({ kind, pipeline, body, otherwise }: Block, scope: Scope): string {
	const value = evaluate(pipeline, scope);
	const inner = withVariables(
		scope,
		pipeline.variables.map((name) => [name, value]),
	);
	if (!isTrue(value)) return printNodes(otherwise, inner);
	return printNodes(body, kind === 'with' ? { ...inner, dot: value } : inner);
}

function printRange({ pipeline, body, otherwise }: Block, scope: Scope): string {
	const entries = entriesOf(evaluate(pipeline, scope));
	if (entries.length === 0) return printNodes(otherwise, scope);
	const [first, second] = pipeline.variables;
	return entries
		.map(([key, value]) => {
			const named: [string, unknown][] = [];
			if (first !== undefined) named.push([first, second === undefined ? value : key]);
			if (second !== undefined) named.push([second, value]);
			return printNodes(body, { ...withVariables(scope, named), dot: value });
		})
		.join('');
}

function entriesOf(value: unknown): readonly (readonly [unknown, unknown])[] {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return [...value.entries()];
	if (typeof value === 'object') return Object.entries(value);
	if (typeof value === 'number') return Array.from({ length: value }, (_, key) => [key, key]);
	throw templateError(`\`range\` can't go over \`${printValue(value)}\``);
}

const withVariables = (scope: Scope, named: readonly (readonly [string, unknown])[]): Scope => ({
	...scope,
	variables: new Map([...scope.variables, ...named.map(([name, value]) => [name, { value }] as const)]),
});

function evaluate({ commands }: Pipeline, scope: Scope): unknown {
	const [first, ...others] = commands;
	if (first === undefined) throw templateError('a value is missing');
	return others.reduce((value, command) => run(command, [value], scope), run(first, [], scope));
}

function run([head, ...operands]: Command, piped: readonly unknown[], scope: Scope): unknown {
	if (head === undefined) throw templateError('a value is missing');
	const args = [...operands.map((operand) => called(operand, scope)), ...piped];
	const callee = head.kind === 'function' ? functionOf(head.name, scope) : lookUp(head, scope);
	if (isFunction(callee)) return callee(...args);
	if (args.length > 0) throw templateError(`\`${printValue(callee)}\` is a value and takes no arguments`);
	return callee;
}

/** A function or method alone, as an argument, is called without any. */
function called(operand: Operand, scope: Scope): unknown {
	if (operand.kind === 'function') return functionOf(operand.name, scope)();
	const found = lookUp(operand, scope);
	return isFunction(found) ? found() : found;
}

function functionOf(name: string, { options }: Scope): TemplateFunction {
	const known = { ...functions, ...options.functions };
	const found = Object.hasOwn(known, name) ? known[name] : undefined;
	if (found === undefined) throw templateError(`there is no function \`${name}\``);
	return found;
}

function lookUp(operand: Exclude<Operand, { kind: 'function' }> | Operand, scope: Scope): unknown {
	if (operand.kind === 'value') return operand.value;
	if (operand.kind === 'dot') return scope.dot;
	if (operand.kind === 'pipeline') return evaluate(operand.pipeline, scope);
	if (operand.kind === 'function') return functionOf(operand.name, scope)();
	if (operand.kind === 'field') return fieldOf(called(operand.of, scope), operand.name, scope.options);
	const variable = scope.variables.get(operand.name);
	if (variable === undefined) throw templateError(`there is no variable \`${operand.name}\``);
	return variable.value;
}

function fieldOf(value: unknown, name: string, { missingField }: EvaluateOptions): unknown {
	if (typeof value === 'object' && value !== null && Object.hasOwn(value, name))
		return value[name as keyof typeof value];
	if (missingField !== undefined) return missingField(name);
	const known = typeof value === 'object' && value !== null ? Object.keys(value) : [];
	const nearest = didYouMean(name, known);
	throw templateError(
		`there is no field \`${name}\``,
		nearest === undefined ? undefined : `Did you mean \`{{.${nearest}}}\`?`,
	);
}

const isFunction = (value: unknown): value is TemplateFunction => typeof value === 'function';
