interface Hasher {
	update(text: string): Hasher;
	digest(encoding: 'hex'): string;
}

interface BunRuntime {
	readonly CryptoHasher: new (algorithm: string, key?: string) => Hasher;
}

/** In hexadecimal digits. The executable's own hasher is there at once; `node:crypto` takes it 2 ms to load. */
export const sha256 = (...texts: readonly string[]): string =>
	texts.reduce((hasher, text) => hasher.update(text), newHasher()).digest('hex');

/** As above, and nobody without the key can tell which text it is of. */
export const hmacSha256 = (key: string, text: string): string => newHasher(key).update(text).digest('hex');

function newHasher(key?: string): Hasher {
	const { Bun: runtime } = globalThis as { readonly Bun?: BunRuntime };
	if (runtime !== undefined) return new runtime.CryptoHasher('sha256', key);
	const { createHash, createHmac } = process.getBuiltinModule('node:crypto');
	return key === undefined ? createHash('sha256') : createHmac('sha256', key);
}
