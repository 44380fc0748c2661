/** Watches keystrokes for the two that leave a program running: ctrl-p, ctrl-q. */
export interface DetachKeys {
	/** What is to be passed on, and whether the user asked to leave. A first key alone is held back until the next. */
	take(bytes: Uint8Array): { readonly passed: Uint8Array; readonly detached: boolean };
}

export function createDetachKeys(): DetachKeys {
	let held = false;
	return {
		take(bytes) {
			const keys = held ? Buffer.concat([firstKey, bytes]) : bytes;
			const at = Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength).indexOf(sequence);
			if (at !== -1) return { passed: keys.subarray(0, at), detached: true };
			held = keys.at(-1) === firstKey[0];
			return { passed: held ? keys.subarray(0, -1) : keys, detached: false };
		},
	};
}

const firstKey = Buffer.from([0x10]);
const sequence = Buffer.from([0x10, 0x11]);
