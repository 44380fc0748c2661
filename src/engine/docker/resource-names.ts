/** Names by id, as far as answers told them: messages speak of `lab-web-1`, not of 64 hex digits. */
export interface ResourceNames {
	learn(id: string, name: string): void;
	/** The name, or else what the caller used, an id cut to what docker prints of it. */
	of(reference: string): string;
}

export function resourceNames(): ResourceNames {
	const nameById = new Map<string, string>();
	return {
		learn: (id, name) => nameById.set(id, name),
		of: (reference) =>
			nameById.get(reference) ?? (/^[0-9a-f]{64}$/.test(reference) ? reference.slice(0, 12) : reference),
	};
}
