/** Whether a container can't run a command because its image has no such program; other things may be missing as well. */
export const isMissingProgram = (error: unknown): boolean =>
	error instanceof Error && /executable file \S+ not found|executable file not found/.test(error.message);
