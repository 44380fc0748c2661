import type { CheckContext } from './report.ts';

/** Secrets come from one place; an external volume is not described here. */
export function checkResources({ project, report }: CheckContext): void {
	for (const [key, secret] of project.secrets) {
		const origins = [secret.file, secret.environment].filter((origin) => origin !== undefined).length;
		if (secret.external === true || origins === 1) continue;
		const found = origins === 0 ? 'neither' : 'both';
		report({
			code: 'MODEL_INVALID',
			path: ['secrets', key],
			message: `the secret \`${key}\` must come from one of \`file\` and \`environment\`, found ${found}`,
			hint: 'Write one of `file`, `environment`, and `external: true`.',
		});
	}
	for (const [key, volume] of project.volumes) {
		const extra = (['driver', 'driver_opts', 'labels'] as const).find((name) => volume[name] !== undefined);
		if (volume.external !== true || extra === undefined) continue;
		report({
			code: 'MODEL_INVALID',
			path: ['volumes', key, extra],
			message: `the external volume \`${key}\` cannot have \`${extra}\``,
			hint: `Remove \`${extra}\`, or \`external\`.`,
		});
	}
}
