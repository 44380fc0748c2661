/** Help of every `--pull` that takes a policy; a test compares it with what is taken. */
export const pullSummary = 'Pull images: always, missing, never, or build';
