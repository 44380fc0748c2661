/** Labels of a resource, whole. */
export type Labels = Readonly<Record<string, string>>;

/** Label conditions all of which must hold: `key` or `key=value`. */
export type LabelFilter = readonly string[];
