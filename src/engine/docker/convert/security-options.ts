const unconfinedPaths = 'systempaths=unconfined';

/** Security options as the engine takes them; `systempaths=unconfined` is a client's word for two other fields. */
export function securityOptions(options: readonly string[]) {
	const passed = options.filter((option) => option !== unconfinedPaths);
	return {
		...(passed.length > 0 && { SecurityOpt: passed }),
		...(passed.length < options.length && { MaskedPaths: [], ReadonlyPaths: [] }),
	};
}
