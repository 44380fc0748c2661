import type { Service } from '../../model/service.ts';
import type { CheckContext } from './report.ts';

const copiesNothing = new Set(['rebuild', 'restart']);

/** A rule is about something, and copying needs a place to copy to. */
export function checkWatch(name: string, { develop }: Service, { report }: CheckContext): void {
	for (const [index, { action, target, path }] of (develop?.watch ?? []).entries()) {
		if (!path) {
			report({
				code: 'MODEL_INVALID',
				path: ['services', name, 'develop', 'watch', index, 'path'],
				message: `a watch rule of service \`${name}\` has an empty path`,
				hint: 'Write the folder or file to watch; `.` is the project’s own folder.',
			});
		}
		if (target !== undefined || copiesNothing.has(action)) continue;
		report({
			code: 'MODEL_INVALID',
			path: ['services', name, 'develop', 'watch', index],
			message: `a watch rule of service \`${name}\` with \`${action}\` has no target`,
			hint: 'Add `target`, the path inside the container.',
		});
	}
}
