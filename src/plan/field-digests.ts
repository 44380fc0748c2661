import type { Labels } from '../engine/labels.ts';
import { hmacSha256 } from '../sources/sha256.ts';
import { label } from '../state/labels.ts';
import type { FieldTexts } from './config-hash.ts';

/** Digits of a digest: enough to tell two values apart, too few to tell what the value was. */
const digestLength = 8;

/**
 * A digest of each field that was declared, as one label. Each container has a salt of its own, the beginning of its
 * configuration hash, so equal values look different in different containers. A field without a digest was not there.
 */
export function fieldsLabel(fields: FieldTexts, configHash: string): Labels {
	const salt = configHash.slice(0, digestLength);
	const digests = [...fields].map(([field, text]) => `${field}=${digestOf(field, text, salt)}`);
	return { [label.fields]: [`${form}:${salt}`, ...digests].join(' ') };
}

/** Fields whose digest is another one than the label's; undefined where the label is not there or not of this form. */
export function changedFields(fields: FieldTexts, labels: Labels): ReadonlySet<string> | undefined {
	const [head = '', ...entries] = (labels[label.fields] ?? '').split(' ');
	const [found, salt = ''] = head.split(':');
	if (found !== form) return undefined;
	const recorded = new Map(
		entries.map((entry): [string, string] => [nameOf(entry), entry.slice(nameOf(entry).length + 1)]),
	);
	const gone = [...recorded.keys()].filter((field) => !fields.has(field));
	const other = [...fields].filter(([field, text]) => recorded.get(field) !== digestOf(field, text, salt));
	return new Set([...other.map(([field]) => field), ...gone]);
}

/** A label of another form is one of a later labc. */
const form = '1';

const nameOf = (entry: string): string => entry.slice(0, entry.indexOf('='));

const digestOf = (field: string, text: string, salt: string): string =>
	hmacSha256(salt, `${field}\0${text}`).slice(0, digestLength);
