import type { Command, Node, Operand, Pipeline } from './nodes.ts';
import { templateError } from './template-error.ts';
import { type Piece, splitTemplate, type Token } from './tokens.ts';

/** Reads a Go template. Throws `USAGE_INVALID` where it is none. */
export function parseTemplate(template: string): readonly Node[] {
	const pieces = [...splitTemplate(template)];
	const { nodes, end } = parseBody(pieces);
	if (end !== undefined) throw templateError(`there is nothing that \`{{${end.word}}}\` could belong to`);
	return nodes;
}

interface BodyEnd {
	readonly word: 'end' | 'else';
	readonly tokens: readonly Token[];
}

interface Body {
	readonly nodes: readonly Node[];
	/** Undefined where the template itself ended. */
	readonly end: BodyEnd | undefined;
}

function parseBody(pieces: Piece[]): Body {
	const nodes: Node[] = [];
	for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
		if (piece.kind === 'literal') {
			if (piece.text !== '') nodes.push(piece);
			continue;
		}
		const [word, ...rest] = piece.tokens;
		if (isWord(word, 'end') || isWord(word, 'else')) return { nodes, end: { word: word.text, tokens: rest } };
		nodes.push(parseAction(piece.tokens, pieces));
	}
	return { nodes, end: undefined };
}

const isWord = <W extends string>(token: Token | undefined, word: W): token is Token & { readonly text: W } =>
	token?.kind === 'name' && token.text === word;

function parseAction(tokens: readonly Token[], pieces: Piece[]): Node {
	const [word, ...rest] = tokens;
	for (const kind of ['if', 'with', 'range'] as const) {
		if (isWord(word, kind)) return parseBlock(kind, rest, pieces);
	}
	if (word?.kind === 'name' && unsupported.has(word.text)) throw templateError(`\`${word.text}\` is not supported`);
	return { kind: 'print', pipeline: readPipeline(tokens) };
}

const unsupported = new Set(['define', 'template', 'block', 'break', 'continue']);

function parseBlock(kind: 'if' | 'with' | 'range', tokens: readonly Token[], pieces: Piece[]): Node {
	const pipeline = readPipeline(tokens);
	const { nodes: body, end } = parseBody(pieces);
	if (end === undefined) throw templateError(`\`{{${kind}}}\` has no \`{{end}}\``, 'Close it with `{{end}}`.');
	if (end.word === 'end') return { kind, pipeline, body, otherwise: [] };
	const [next, ...rest] = end.tokens;
	if (next === undefined) {
		const other = parseBody(pieces);
		if (other.end?.word !== 'end')
			throw templateError(`\`{{${kind}}}\` has no \`{{end}}\``, 'Close it with `{{end}}`.');
		return { kind, pipeline, body, otherwise: other.nodes };
	}
	if (next.text === 'if' || next.text === 'with') {
		return { kind, pipeline, body, otherwise: [parseBlock(next.text, rest, pieces)] };
	}
	throw templateError(`\`${next.text}\` is not expected after \`else\``);
}

/** Tokens not read yet. */
type Reading = Token[];

function readPipeline(tokens: readonly Token[]): Pipeline {
	const reading = [...tokens];
	const pipeline = parsePipeline(reading);
	const [surplus] = reading;
	if (surplus !== undefined) throw templateError(`\`${surplus.text}\` is not expected`);
	return pipeline;
}

function parsePipeline(reading: Reading): Pipeline {
	const { variables, isDeclaration } = parseVariables(reading);
	const commands: Command[] = [];
	do commands.push(parseCommand(reading));
	while (takeMark('|', reading));
	return { variables, isDeclaration, commands };
}

/** `$x :=`, `$x =`, `$i, $x :=` */
function parseVariables(reading: Reading): Pick<Pipeline, 'variables' | 'isDeclaration'> {
	const [one, comma, two] = reading;
	const isPair = one?.kind === 'variable' && comma?.text === ',' && two?.kind === 'variable';
	const count = isPair ? 3 : one?.kind === 'variable' ? 1 : 0;
	const mark = reading[count];
	if (count === 0 || mark?.kind !== 'mark' || (mark.text !== ':=' && mark.text !== '=')) {
		return { variables: [], isDeclaration: false };
	}
	const named = reading.splice(0, count + 1).filter(({ kind }) => kind === 'variable');
	return { variables: named.map(({ text }) => text), isDeclaration: mark.text === ':=' };
}

function parseCommand(reading: Reading): Command {
	const operands: Operand[] = [];
	for (let operand = parseOperand(reading); operand !== undefined; operand = parseOperand(reading)) {
		operands.push(operand);
	}
	if (operands.length === 0) throw templateError('a value is missing');
	return operands;
}

function parseOperand(reading: Reading): Operand | undefined {
	const [token] = reading;
	if (token === undefined) return undefined;
	let operand = startOperand(token, reading);
	if (operand === undefined) return undefined;
	for (let next = reading[0]; next?.kind === 'field' && next.isAttached; next = reading[0]) {
		reading.shift();
		operand = { kind: 'field', of: operand, name: next.text.slice(1) };
	}
	return operand;
}

const constants: ReadonlyMap<string, boolean | undefined> = new Map([
	['true', true],
	['false', false],
	['nil', undefined],
]);

function startOperand({ kind, text }: Token, reading: Reading): Operand | undefined {
	if (kind === 'mark' && text !== '(' && text !== '.') return undefined;
	reading.shift();
	if (kind === 'text') return { kind: 'value', value: text };
	if (kind === 'number') return { kind: 'value', value: Number(text) };
	if (kind === 'variable') return { kind, name: text };
	if (kind === 'field') return { kind, of: { kind: 'dot' }, name: text.slice(1) };
	if (kind === 'name') return constants.has(text) ? { kind: 'value', value: constants.get(text) } : nameOf(text);
	if (text === '.') return { kind: 'dot' };
	const pipeline = parsePipeline(reading);
	if (!takeMark(')', reading)) throw templateError('`(` is not closed', 'Close it with `)`.');
	return { kind: 'pipeline', pipeline };
}

const nameOf = (name: string): Operand => ({ kind: 'function', name });

function takeMark(text: string, reading: Reading): boolean {
	const isNext = reading[0]?.kind === 'mark' && reading[0].text === text;
	if (isNext) reading.shift();
	return isNext;
}
