import type { Service } from '../../model/service.ts';
import type { CheckContext } from './report.ts';

/** Two things cannot be mounted on one path, and a mount needs a path. */
export function checkMounts(name: string, { tmpfs = [], volumes = [] }: Service, { report }: CheckContext): void {
	const taken = checkTmpfs(name, tmpfs, report);
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

/** The places where memory is mounted, each with what mounts it. */
function checkTmpfs(name: string, tmpfs: readonly string[], report: CheckContext['report']): Map<string, string> {
	const taken = new Map<string, string>();
	for (const [index, folder] of tmpfs.entries()) {
		const [target = folder] = folder.split(':');
		const first = taken.get(target);
		taken.set(target, first ?? `tmpfs.${index}`);
		if (first === undefined) continue;
		const message = `service \`${name}\` mounts two things on \`${target}\`: this one and \`${first}\``;
		const path = ['services', name, 'tmpfs', index];
		report({ code: 'MODEL_INVALID', path, message, hint: 'Give one of them another target.' });
	}
	return taken;
}
