import type { Service } from '../../../model/service.ts';

/** Linux capabilities by their full names. */
export const capabilities = ({ cap_add, cap_drop }: Pick<Service, 'cap_add' | 'cap_drop'>) => ({
	...(cap_add !== undefined && { CapAdd: cap_add.map(fullName) }),
	...(cap_drop !== undefined && { CapDrop: cap_drop.map(fullName) }),
});

function fullName(name: string): string {
	const upper = name.trim().toUpperCase();
	return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}
