import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LabcError } from '../errors/labc-error.ts';
import { readSavedPlan, type SavedPlan } from '../plan/saved-plan.ts';
import type { CommandContext } from './command.ts';
import { isGiven } from './refuse-unsupported.ts';
import type { UpValues } from './up-flags.ts';

/** Whole or not at all, and for its owner only. */
export async function writePlanFile({ cwd }: Pick<CommandContext, 'cwd'>, file: string, text: string): Promise<void> {
	const target = path.resolve(cwd, file);
	const beside = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}`);
	try {
		await writeFile(beside, text, { mode: 0o600, flag: 'wx' });
		await rename(beside, target);
	} catch (error) {
		await rm(beside, { force: true });
		throw new LabcError('OUTPUT_FAILED', `the plan cannot be written to \`${file}\`: ${reasonOf(error)}`, {
			hint: 'Name a file in a folder that is there and that you may write to.',
		});
	}
}

export async function readPlanFile({ cwd }: Pick<CommandContext, 'cwd'>, file: string): Promise<SavedPlan> {
	let text: string;
	try {
		text = await readFile(path.resolve(cwd, file), 'utf8');
	} catch (error) {
		throw new LabcError('PLAN_INVALID', `the plan \`${file}\` cannot be read: ${reasonOf(error)}`, {
			hint: 'Make it with `labc compose plan -o FILE`.',
		});
	}
	return readSavedPlan(text, file);
}

/** Without the path, which may be one that no user has written. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const code = 'code' in error ? String(error.code) : error.message;
	return reasons[code] ?? code;
}

const reasons: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file or folder',
	ENOTDIR: 'a part of the path is no folder',
	EISDIR: 'it is a folder',
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	EROFS: 'the file system is read-only',
	ENOSPC: 'there is no room left',
};

/** What a saved plan decides itself. */
const decided = [
	'wait',
	'wait-timeout',
	'build',
	'no-build',
	'pull',
	'force-recreate',
	'no-recreate',
	'always-recreate-deps',
	'renew-anon-volumes',
	'no-deps',
	'no-start',
	'drift',
	'remove-orphans',
	'scale',
	'timeout',
	'gpus',
] as const satisfies readonly (keyof UpValues)[];

/** Exactly the plan, or nothing: neither services nor flags that would change it may stand beside it. */
export function refuseBesidePlan(values: Partial<UpValues>, services: readonly string[]): void {
	const flag = decided.find((name) => isGiven(values[name]));
	if (flag === undefined && services.length === 0) return;
	const word = flag === undefined ? services[0] : `--${flag}`;
	throw new LabcError('USAGE_INVALID', `\`${word}\` can't stand beside \`--plan\`, which decides that itself`, {
		hint: 'Give it to `labc compose plan -o FILE`.',
	});
}
