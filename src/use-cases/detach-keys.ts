/** Watches keystrokes for those that leave a program running. */
export interface DetachKeys {
	/** What is to be passed on, and whether the user asked to leave. What may be the beginning is held back until the next. */
	take(bytes: Uint8Array): { readonly passed: Uint8Array; readonly detached: boolean };
}

/** ctrl-p, ctrl-q. */
const usualKeys: Uint8Array = Uint8Array.of(0x10, 0x11);

export function createDetachKeys(sequence: Uint8Array = usualKeys): DetachKeys {
	let held: Uint8Array = new Uint8Array();
	return {
		take(bytes) {
			const keys = Buffer.concat([held, bytes]);
			const at = sequence.length === 0 ? -1 : keys.indexOf(sequence);
			if (at !== -1) return { passed: keys.subarray(0, at), detached: true };
			const heldLength = beginningAtEnd(keys, sequence);
			held = keys.subarray(keys.length - heldLength);
			return { passed: keys.subarray(0, keys.length - heldLength), detached: false };
		},
	};
}

/** How many of the last keys may be the first of the sequence. */
function beginningAtEnd(keys: Buffer, sequence: Uint8Array): number {
	for (let length = Math.min(keys.length, sequence.length - 1); length > 0; length -= 1) {
		if (keys.subarray(keys.length - length).equals(sequence.subarray(0, length))) return length;
	}
	return 0;
}

/** docker's way to write keys: `ctrl-p,ctrl-q`, `a`, `ctrl-@`. Undefined where it is none. */
export function parseDetachKeys(text: string): Uint8Array | undefined {
	const codes = text.split(',').map(keyCode);
	return codes.includes(undefined) ? undefined : Uint8Array.from(codes.filter((code) => code !== undefined));
}

function keyCode(key: string): number | undefined {
	const [, control] = /^ctrl-([a-z@[\\\]^_])$/.exec(key.toLowerCase()) ?? [];
	if (control !== undefined) return control.toUpperCase().charCodeAt(0) - 64;
	return /^[\x21-\x7e]$/.test(key) ? key.charCodeAt(0) : undefined;
}
