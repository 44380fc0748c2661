import { didYouMean } from '../../errors/did-you-mean.ts';
import type { Service } from '../../model/service.ts';
import type { CheckContext } from './report.ts';

/** What a build says must fit together, and other services whose images it starts from must be built here. */
export function checkBuild(name: string, { build, platform }: Service, context: CheckContext): void {
	const { report } = context;
	if (build === undefined) return;
	const path = ['services', name, 'build'];
	if (build.dockerfile !== undefined && build.dockerfile_inline !== undefined) {
		report({
			code: 'MODEL_INVALID',
			path: [...path, 'dockerfile_inline'],
			message: `service \`${name}\` has both \`dockerfile\` and \`dockerfile_inline\``,
			hint: 'Keep one of the two.',
		});
	}
	if (platform !== undefined && build.platforms !== undefined && !build.platforms.includes(platform)) {
		report({
			code: 'MODEL_INVALID',
			path: [...path, 'platforms'],
			message: `service \`${name}\` runs on \`${platform}\`, for which it is not built`,
			hint: `Add \`${platform}\` to \`build.platforms\`.`,
		});
	}
	for (const [key, target] of Object.entries(build.additional_contexts ?? {})) {
		if (!target.startsWith('service:')) continue;
		checkContext(target.slice('service:'.length), [...path, 'additional_contexts', key], context);
	}
}

function checkContext(service: string, path: readonly string[], { project, report }: CheckContext): void {
	const declared = project.services.get(service);
	if (declared?.build !== undefined) return;
	if (declared !== undefined) {
		const message = `service \`${path[1]}\` builds from \`${service}\`, which has no \`build\``;
		report({ code: 'MODEL_INVALID', path, message, hint: `Write \`docker-image://\` and the image's name instead.` });
		return;
	}
	const guess = didYouMean(service, project.services.keys());
	const hint = guess === undefined ? `Declare \`${service}\` under \`services:\`.` : `Did you mean \`${guess}\`?`;
	const message = `service \`${path[1]}\` builds from \`${service}\`, which is not declared`;
	report({ code: 'MODEL_UNDEFINED_REFERENCE', path, message, hint });
}
