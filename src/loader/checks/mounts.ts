import type { Service } from '../../model/service.ts';
import type { CheckContext } from './report.ts';

/** Two things cannot be mounted on one path, and a mount needs a path. */
export function checkMounts(name: string, { tmpfs = [], volumes = [] }: Service, { report }: CheckContext): void {
	const taken = new Set(tmpfs.map((folder) => folder.split(':')[0] ?? folder));
	for (const [index, { target, type, source }] of volumes.entries()) {
		const path = ['services', name, 'volumes', index];
		if (type === 'bind' && source === undefined) {
			const message = `a bind mount of service \`${name}\` has no source`;
			report({ code: 'MODEL_INVALID', path, message, hint: 'Add `source`, the path on the host.' });
		}
		if (target === undefined) {
			const message = `a ${type} mount of service \`${name}\` has no target`;
			report({ code: 'MODEL_INVALID', path, message, hint: 'Add `target`, the path inside the container.' });
		} else if (taken.has(target)) {
			const message = `service \`${name}\` mounts two things on \`${target}\``;
			report({ code: 'MODEL_INVALID', path, message, hint: 'Give one of them another target.' });
		}
		taken.add(target);
	}
}
