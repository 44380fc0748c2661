/** Nothing is at the path: it, or a folder above it, has gone, is none any more, or can't be. */
export const isGone = (error: unknown): boolean => goneCodes.has(codeOf(error));

/** What is there may not be looked at. */
export const isForbidden = (error: unknown): boolean => forbiddenCodes.has(codeOf(error));

const goneCodes: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);
const forbiddenCodes: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM']);

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
