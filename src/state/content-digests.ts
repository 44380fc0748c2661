/**
 * Digests of what secrets and configs hold now, made with a key that only this user's labc has: without it nobody can
 * try out what a short secret may have been.
 */
export interface ContentDigests {
	/** Names the key; digests made with another one can't be compared. */
	readonly key: string;
	/** By `secret token` or `config app`. What can't be read has none. */
	readonly digests: ReadonlyMap<string, string>;
}
