import { LabcError } from '../errors/labc-error.ts';
import type { Variables } from '../options/variables.ts';
import type { BuildTarget } from './builder.ts';

/** A secret from a variable that is not set would reach the build as an empty file: that is said before. */
export function missingSecret(targets: readonly BuildTarget[], variables: Variables): LabcError | undefined {
	for (const { service, build, secrets } of targets) {
		for (const { source } of build.secrets ?? []) {
			const variable = secrets.get(source)?.environment;
			if (variable === undefined || variables.has(variable)) continue;
			return new LabcError(
				'VARIABLE_REQUIRED',
				`the build of \`${service}\` needs the secret \`${source}\`, but the variable \`${variable}\` is not set`,
				{ hint: `Set \`${variable}\` in the environment or in the \`.env\` file.` },
			);
		}
	}
	return undefined;
}
