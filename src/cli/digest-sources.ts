import type { DigestSources } from '../use-cases/digest-contents.ts';
import type { CommandContext } from './command.ts';

/** Larger files are data that happens to be mounted as a config. */
const sizeLimit = 16 * 1024 * 1024;

/** What digests of secrets and configs are made from; nothing is loaded or read before one is used. */
export const digestSources = (context: CommandContext): DigestSources => ({
	get variables() {
		return context.variables;
	},
	async key(options) {
		const { digestKey } = await import('../sources/digest-key.ts');
		return digestKey(context.env, options);
	},
	async readFile(file) {
		const { readFile, stat } = await import('node:fs/promises');
		try {
			const found = await stat(file);
			return found.isFile() && found.size <= sizeLimit ? await readFile(file) : undefined;
		} catch {
			return undefined; // one that this user can't read is mounted all the same
		}
	},
});
