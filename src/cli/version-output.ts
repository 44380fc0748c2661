import { LabcError } from '../errors/labc-error.ts';
import type { Flags, FlagValues } from './command.ts';

/** The same as in package.json; a test compares them. Written out so that `version` reads no file. */
export const labcVersion = '0.1.0';

export const versionFlags = {
	short: { type: 'boolean', summary: 'Only the number' },
	format: { type: 'string', short: 'f', value: 'FORMAT', summary: 'pretty (the default) or json' },
} as const satisfies Flags;

export function formatVersion(line: string, version: string, values: FlagValues<typeof versionFlags>): string {
	const format = values.format ?? 'pretty';
	if (format !== 'pretty' && format !== 'json') {
		throw new LabcError('USAGE_INVALID', `\`--format\` takes pretty or json, not \`${format}\``, {
			hint: 'Leave `--format` out for the text form.',
		});
	}
	if (values.short) return `${version}\n`;
	return format === 'json' ? `${JSON.stringify({ version })}\n` : `${line}\n`;
}
