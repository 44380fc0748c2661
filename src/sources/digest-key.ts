import {
	closeSync,
	constants,
	fstatSync,
	linkSync,
	mkdirSync,
	openSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The key of one person's digests, in their own state folder and made at its first use where `create` says so. It
 * never leaves that folder. Undefined where there is none, or none that only they can read: nothing is digested then.
 */
export function digestKey(env: Environment, { create }: { readonly create: boolean }): string | undefined {
	const folder = stateFolder(env);
	if (folder === undefined) return undefined;
	const file = path.join(folder, 'digest-key');
	try {
		return readKey(file) ?? (create ? makeKey(folder, file) : undefined);
	} catch {
		return undefined; // no permission or no room: containers are compared as docker compose compares them
	}
}

function stateFolder({ XDG_STATE_HOME: stateHome, HOME: home }: Environment): string | undefined {
	if (stateHome !== undefined && path.isAbsolute(stateHome)) return path.join(stateHome, 'labc');
	return home !== undefined && path.isAbsolute(home) ? path.join(home, '.local', 'state', 'labc') : undefined;
}

const keyPattern = /^[\da-f]{64}$/;

/** A link, another person's file or one that others may read holds no secret. */
function readKey(file: string): string | undefined {
	const descriptor = openIfThere(file);
	if (descriptor === undefined) return undefined;
	try {
		const { mode, uid } = fstatSync(descriptor);
		if ((mode & 0o077) !== 0 || uid !== process.getuid?.()) throw new Error('a key that others can read');
		const text = readFileSync(descriptor, 'utf8').trim();
		if (!keyPattern.test(text)) throw new Error('not a key');
		return text;
	} finally {
		closeSync(descriptor);
	}
}

function openIfThere(file: string): number | undefined {
	try {
		return openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Whole or not at all: of several that make one at the same time, the first one's counts. */
function makeKey(folder: string, file: string): string | undefined {
	const { randomBytes, randomUUID } = process.getBuiltinModule('node:crypto');
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const own = path.join(folder, `.digest-key.${randomUUID()}`);
	try {
		writeFileSync(own, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
		linkIfFree(own, file);
	} finally {
		rmSync(own, { force: true });
	}
	return readKey(file);
}

function linkIfFree(own: string, file: string): void {
	try {
		linkSync(own, file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
}
