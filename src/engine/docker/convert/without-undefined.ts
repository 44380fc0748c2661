/** Fields that say nothing are left out of what the engine gets. */
export const withoutUndefined = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
