/** What one check has found. */
export interface Finding {
	readonly check: string;
	/** `skip`: could not be looked at from here, which says nothing about it. */
	readonly status: 'ok' | 'warn' | 'fail' | 'skip';
	/** What is there. */
	readonly summary: string;
	/** What it does to people. */
	readonly meaning?: string;
	/** What to do about it. */
	readonly fix?: string;
}

/** How bad it is all in all: whoever runs this in a script looks at failures only. */
export const hasFailure = (findings: readonly Finding[]): boolean => findings.some(({ status }) => status === 'fail');
