/** What of a field is not as it was declared, in values that may be shown. */
export interface FieldChange {
	readonly field: string;
	readonly before: string;
	readonly after: string;
	readonly remark?: string;
}

/** Why something is done. It stays data until it becomes part of a step, so that nobody reads words back. */
export type Reason = FieldChange | { readonly field?: string; readonly words: string };

/** The one place where reasons are put into words: `image: app:1 → app:2`. */
export function reasonText(reason: Reason): string {
	if ('words' in reason) return reason.field === undefined ? reason.words : `${reason.field}: ${reason.words}`;
	const { field, before, after, remark } = reason;
	return `${field}: ${before} → ${after}${remark === undefined ? '' : ` (${remark})`}`;
}
