import type { Service } from '../../../model/service.ts';

/** Linux capabilities by their full names. Adding one beats dropping it, and `ALL` stands for every other. */
export function capabilities({ cap_add, cap_drop }: Pick<Service, 'cap_add' | 'cap_drop'>) {
	const added = normalised(cap_add ?? []);
	const dropped = normalised(cap_drop ?? []).filter((name) => !added.includes(name));
	return { ...(added.length > 0 && { CapAdd: added }), ...(dropped.length > 0 && { CapDrop: dropped }) };
}

function normalised(names: readonly string[]): string[] {
	const full = new Set(names.map(fullName));
	return full.has('ALL') ? ['ALL'] : [...full].sort();
}

function fullName(name: string): string {
	const upper = name.trim().toUpperCase();
	return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}
