import type { Service } from '../../model/service.ts';
import type { CheckContext } from './report.ts';

const copiesNothing = new Set(['rebuild', 'restart']);

/** Copying needs a place to copy to. */
export function checkWatch(name: string, { develop }: Service, { report }: CheckContext): void {
	for (const [index, { action, target }] of (develop?.watch ?? []).entries()) {
		if (target !== undefined || copiesNothing.has(action)) continue;
		report({
			code: 'MODEL_INVALID',
			path: ['services', name, 'develop', 'watch', index],
			message: `a watch rule of service \`${name}\` with \`${action}\` has no target`,
			hint: 'Add `target`, the path inside the container.',
		});
	}
}
