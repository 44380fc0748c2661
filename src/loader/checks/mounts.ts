import type { Service } from '../../model/service.ts';
import type { CheckContext } from './report.ts';

/** Two things cannot be mounted on one path, and a mount needs a path. */
export function checkMounts(name: string, { tmpfs = [], volumes = [] }: Service, { report }: CheckContext): void {
	const taken = new Map(tmpfs.map((folder, index) => [folder.split(':')[0] ?? folder, `tmpfs.${index}`]));
	for (const [index, { target, type, source }] of volumes.entries()) {
		const path = ['services', name, 'volumes', index];
		if (type === 'bind' && source === undefined) {
			const message = `a bind mount of service \`${name}\` has no source`;
			report({ code: 'MODEL_INVALID', path, message, hint: 'Add `source`, the path on the host.' });
		}
		if (target === undefined) {
			const message = `a ${type} mount of service \`${name}\` has no target`;
			report({ code: 'MODEL_INVALID', path, message, hint: 'Add `target`, the path inside the container.' });
			continue;
		}
		const first = taken.get(target);
		if (first !== undefined) {
			const message = `service \`${name}\` mounts two things on \`${target}\`: this one and \`${first}\``;
			report({ code: 'MODEL_INVALID', path, message, hint: 'Give one of them another target.' });
		}
		taken.set(target, first ?? `volumes.${index}`);
	}
}
