/** What engines, labels and files of others say: these read a part of it and take anything else as absent. */

/** Undefined where it is no JSON. */
export function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export const readItems = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const readRecord = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

export const readRecords = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
	readItems(value).map(readRecord);

export const readList = (value: unknown): readonly string[] =>
	readItems(value).filter((item) => typeof item === 'string');

/** Empty texts are what the engine shows for an attribute that nobody set. */
export const readText = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

export const readNumber = (value: unknown): number | undefined =>
	typeof value === 'number' && value !== 0 ? value : undefined;

/** Only what is on is worth telling. */
export const readFlag = (value: unknown): string | undefined => (value === true ? 'true' : undefined);
