export interface TreeChange {
	readonly path: string;
	readonly isThere: boolean;
}

/** What was found by looking. */
export interface TreeNews {
	readonly changes: readonly TreeChange[];
	/**
	 * Paths at and below which something may have come and gone between two looks: who looked himself meanwhile may have
	 * seen it.
	 */
	readonly suspects: readonly string[];
}

/** While they are gathered. */
export interface Findings extends TreeNews {
	readonly changes: TreeChange[];
	readonly suspects: string[];
}

export const tellOf =
	({ changes }: Findings, isThere: boolean) =>
	(path: string): void =>
		void changes.push({ path, isThere });
