import { compareText } from '../model/ordered-entries.ts';
import type { Service } from '../model/service.ts';

interface Folding {
	readonly files: 'env_file' | 'label_file';
	readonly into: 'environment' | 'labels';
	/** The list of files stays beside what was read: it is part of the config hash. */
	readonly keeps?: true;
}

/**
 * `service` with what its files hold, in the place of the files. The attribute they fold into stands right beside
 * them, so the order of attributes stays.
 */
export function foldFiles(
	service: Service,
	{ files, into, keeps }: Folding,
	values: Readonly<Record<string, string | null>>,
): Service {
	const sorted = Object.fromEntries(Object.entries(values).sort(([a], [b]) => compareText(a, b)));
	const kept = Object.entries(service).filter(([name]) => name !== into);
	const entries = kept.flatMap(([name, value]) => {
		if (name !== files) return [[name, value] as const];
		const folded = Object.keys(sorted).length === 0 ? [] : [[into, sorted] as const];
		return keeps ? [...folded, [name, value] as const] : folded;
	});
	return Object.fromEntries(entries) as Partial<Service> as Service;
}
