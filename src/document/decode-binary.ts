/** Why a `!!binary` value has no text. */
export interface BinaryProblem {
	readonly problem: string;
}

/** The text that a `!!binary` value stands for. Attributes are text: other bytes have no form in a model. */
export function decodeBinary(text: string): string | BinaryProblem {
	const digits = text.replaceAll(/[\r\n]/g, '');
	if (digits.length % 4 !== 0 || !base64.test(digits)) return { problem: 'is no base64' };
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(digits, 'base64'));
	} catch {
		return { problem: 'holds bytes that are no UTF-8 text' };
	}
}

const base64 = /^[A-Za-z\d+/]*={0,2}$/;
