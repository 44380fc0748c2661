import path from 'node:path';
import type { HostFiles } from './host-files.ts';
import type { Rule } from './rules.ts';

/** A file that is watched alone goes into the folder that its target names with a slash at the end, as `cp` does it. */
export const withFileTargets = (rules: readonly Rule[], files: Pick<HostFiles, 'lookAtRoot'>): readonly Rule[] =>
	rules.map((rule) => {
		const { target } = rule.declared;
		if (target?.endsWith('/') !== true || files.lookAtRoot(rule.root)?.kind !== 'file') return rule;
		return { ...rule, declared: { ...rule.declared, target: `${target}${path.basename(rule.root)}` } };
	});
