import path from 'node:path';
import type { Rule } from '../../src/watch/rules.ts';
import { describe, type MemoryHost } from './memory-host.ts';

/**
 * What is to be at a path of a container, told from the host alone: of the rules that have something for the place it is
 * the last one's, and below what is no folder there is nothing.
 */
export function expectedAt(rules: readonly Rule[], host: MemoryHost): (target: string) => string | undefined {
	const winner = (target: string): string | undefined =>
		rules.map((rule) => ofRule(rule, target, host)).findLast((text) => text !== undefined);
	return (target) => {
		for (let above = path.dirname(target); above !== '/'; above = path.dirname(above)) {
			if (winner(above)?.startsWith('directory') === false) return undefined;
		}
		return winner(target);
	};
}

function ofRule(rule: Rule, target: string, { files }: MemoryHost): string | undefined {
	const relative = path.relative(rule.declared.target ?? '', target);
	if (relative.startsWith('..')) return undefined;
	const names = relative === '' ? [] : relative.split('/');
	if (!rule.covers(path.join(rule.root, ...names))) return undefined;
	let look = files.lookAtRoot(rule.root);
	let at = rule.root;
	for (const name of names) {
		if (look?.kind !== 'directory') return undefined;
		at = path.join(at, name);
		look = files.look(at);
	}
	if (look === undefined || look.kind === 'other') return undefined;
	const content = look.kind === 'symlink' ? files.readLink(at) : look.kind === 'file' ? textOf(files, at, rule) : '';
	return describe({ kind: look.kind, mode: look.mode, content });
}

function textOf(files: MemoryHost['files'], file: string, { root }: Rule): string {
	const content = files.readFile(file, root)?.content;
	return content instanceof Uint8Array ? Buffer.from(content).toString() : '';
}
