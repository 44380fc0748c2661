interface Hasher {
	update(text: string): Hasher;
	digest(encoding: 'hex'): string;
}

interface BunRuntime {
	readonly CryptoHasher: new (algorithm: string) => Hasher;
}

/** In hexadecimal digits. The executable's own hasher is there at once; `node:crypto` takes it 2 ms to load. */
export const sha256 = (...texts: readonly string[]): string =>
	texts.reduce((hasher, text) => hasher.update(text), newHasher()).digest('hex');

function newHasher(): Hasher {
	const { Bun: runtime } = globalThis as { readonly Bun?: BunRuntime };
	if (runtime !== undefined) return new runtime.CryptoHasher('sha256');
	return process.getBuiltinModule('node:crypto').createHash('sha256');
}
