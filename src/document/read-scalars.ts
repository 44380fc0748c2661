import { CST, isScalar, type Scalar, visit, type Document as YamlDocument } from 'yaml';
import { blockText, foldedText, mayReadOtherwise, onOneLine } from './line-breaks.ts';

/** Gives the values that docker compose reads otherwise than the parser, which has kept its tokens. */
export function readScalars(document: YamlDocument.Parsed, text: string): void {
	visit(document, {
		Scalar(_, node) {
			const [start, end] = node.range ?? [0, 0];
			const written = text.slice(start, end);
			if (isScalar<string>(node) && isReadAnew(node, written)) setValue(node, valueIn(node, written));
		},
	});
}

/** Also where lines were joined, which the parser has not seen. */
function isReadAnew({ type }: Scalar, written: string): boolean {
	const isBlock = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
	return mayReadOtherwise(written) || (!isBlock && /[\n\r\u0085]/.test(written));
}

function setValue(node: Scalar<string>, value: string): void {
	node.value = value;
	node.source = value;
}

function valueIn(node: Scalar<string>, written: string): string {
	switch (node.type) {
		case 'PLAIN':
			return foldedText(written);
		case 'QUOTE_SINGLE':
			return foldedText(written.slice(1, -1)).replaceAll("''", "'");
		case 'QUOTE_DOUBLE':
			return doubleQuoted(onOneLine(written));
		default:
			return blockOf(node, written);
	}
}

const doubleQuoted = (source: string): string =>
	CST.resolveAsScalar({ type: 'double-quoted-scalar', offset: 0, indent: 0, source })?.value ?? '';

function blockOf({ srcToken, type }: Scalar<string>, written: string): string {
	if (srcToken?.type !== 'block-scalar') return written;
	const [header] = written.split(/[\s#]/, 1);
	const digit = /\d/.exec(header ?? '')?.[0];
	return blockText(written.slice(written.length - srcToken.source.length), {
		isFolded: type === 'BLOCK_FOLDED',
		chomping: header?.includes('+') === true ? '+' : header?.includes('-') === true ? '-' : '',
		indent: digit === undefined ? undefined : srcToken.indent + Number(digit),
	});
}
