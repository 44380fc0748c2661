import { errorFromDiagnostics, type LabcError } from '../errors/labc-error.ts';
import type { SourceLocation } from '../errors/source-location.ts';

/** Why a value cannot be printed: JSON has neither infinite numbers nor what is no number. docker compose fails too. */
export function infiniteNumber(
	value: number,
	{ path, at }: { path?: string; at?: SourceLocation | undefined },
): LabcError {
	return errorFromDiagnostics([
		{
			severity: 'error',
			code: 'ATTRIBUTE_UNSUPPORTED',
			message: `the number \`${textOf(value)}\` has no form in JSON`,
			hint: 'Print YAML instead, or put the value in quotes.',
			...(path !== undefined && { path }),
			...(at !== undefined && { at }),
		},
	]);
}

function textOf(value: number): string {
	if (Number.isNaN(value)) return '.nan';
	return value > 0 ? '.inf' : '-.inf';
}

interface Found {
	readonly path: readonly (string | number)[];
	readonly value: number;
}

/** The first such number of a value, and where it stands. */
export function infiniteNumberIn(value: unknown, path: Found['path'] = []): Found | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? undefined : { path, value };
	if (typeof value !== 'object' || value === null) return undefined;
	const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
		? [...value.entries()]
		: Object.entries(value);
	for (const [key, member] of members) {
		const found = infiniteNumberIn(member, [...path, key]);
		if (found !== undefined) return found;
	}
	return undefined;
}
