import { LabcError } from '../errors/labc-error.ts';
import type { Flags } from './command.ts';

/**
 * Flags of docker compose that labc knows by name and can't serve yet: they are refused, never ignored, and `--help`
 * is silent about them. Each has a text that says what to do instead.
 */
export type UnsupportedFlags<F extends Flags> = {
	readonly [K in keyof F as F[K] extends { readonly hidden: true } ? K : never]: string;
};

/** Throws for the first flag that was given although it is not supported yet; its text is what to do instead. */
export function refuseUnsupported<F extends Flags>(
	values: { readonly [K in keyof F]?: unknown },
	unsupported: UnsupportedFlags<F>,
): void {
	for (const [name, hint] of Object.entries<string | undefined>(unsupported)) {
		if (!isGiven(values[name])) continue;
		throw new LabcError('USAGE_INVALID', `\`--${name}\` is not supported yet`, { hint });
	}
}

/** `--flag=false` asks for nothing. */
export const isGiven = (value: unknown): boolean =>
	value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
