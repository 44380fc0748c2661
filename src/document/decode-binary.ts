/** Why a `!!binary` value has no text. */
export interface BinaryProblem {
	readonly problem: string;
}

/**
 * The text that a `!!binary` value stands for. Bytes that are no UTF-8 stand in it as lone surrogates, which no text
 * holds otherwise: YAML gets them back as bytes, JSON and the engine see a replacement character.
 */
export function decodeBinary(text: string): string | BinaryProblem {
	const digits = text.replaceAll(/[\r\n]/g, '');
	if (digits.length % 4 !== 0 || !base64.test(digits)) return { problem: 'is no base64' };
	const bytes = Buffer.from(digits, 'base64');
	return decodeUtf8(bytes) ?? decodeMixed(bytes);
}

const base64 = /^[A-Za-z\d+/]*={0,2}$/;

function decodeUtf8(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

function decodeMixed(bytes: Uint8Array): string {
	const parts: string[] = [];
	for (let index = 0; index < bytes.length; ) {
		const length = lengths.find((count) => decodeUtf8(bytes.subarray(index, index + count)) !== undefined);
		const part = bytes.subarray(index, index + (length ?? 1));
		parts.push(decodeUtf8(part) ?? String.fromCharCode(firstSurrogate + (part[0] ?? 0)));
		index += part.length;
	}
	return parts.join('');
}

/** Of a character, in bytes. */
const lengths = [1, 2, 3, 4];

const firstSurrogate = 0xdc00;

/** The bytes of a text that `decodeBinary` gave, as base64. */
export function encodeBinary(text: string): string {
	const parts = text.split(loneByte).map((part, index) => {
		return index % 2 === 0 ? Buffer.from(part) : Buffer.of(part.charCodeAt(0) - firstSurrogate);
	});
	return Buffer.concat(parts).toString('base64');
}

const loneByte = /([\udc80-\udcff])/u;
