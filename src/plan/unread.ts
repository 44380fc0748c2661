/** The engine's answers as they come: these read a part of them and take anything else as absent. */

export const readRecord = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

export const readRecords = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
	Array.isArray(value) ? value.map(readRecord) : [];

export const readList = (value: unknown): readonly string[] =>
	Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** Empty texts are what the engine shows for an attribute that nobody set. */
export const readText = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

export const readNumber = (value: unknown): number | undefined =>
	typeof value === 'number' && value !== 0 ? value : undefined;

/** Only what is on is worth telling. */
export const readFlag = (value: unknown): string | undefined => (value === true ? 'true' : undefined);
