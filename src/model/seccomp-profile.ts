const words: ReadonlySet<string> = new Set(['unconfined', 'builtin']);

/** The file that an entry of `security_opt` names as the seccomp profile; undefined for any other entry. */
export function seccompProfileFile(option: string): string | undefined {
	const profile = /^seccomp[=:](.*)$/s.exec(option)?.[1];
	return profile === undefined || words.has(profile) ? undefined : profile;
}
