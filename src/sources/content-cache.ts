import {
	closeSync,
	constants,
	existsSync,
	fstatSync,
	lstatSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	type Stats,
	statSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { sha256 } from './sha256.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Results kept between runs by what they were made from. Losing any of them costs time and nothing else. */
export interface ContentCache {
	/** What was kept under `key`; undefined where nothing is, or nothing that can be trusted. */
	read(key: string): string | undefined;
	/** Never fails: a result that cannot be kept is made again. */
	write(key: string, text: string): void;
}

const entryLimit = 256;
const entrySizeLimit = 8 * 1024 * 1024;
const totalSizeLimit = 64 * 1024 * 1024;

/** The cache in a person's own cache folder; undefined where they have none or have switched it off. */
export function openContentCache(env: Environment): ContentCache | undefined {
	const folder = isOff(env['LABC_CACHE']) ? undefined : folderOf(env);
	if (folder === undefined) return undefined;
	return {
		read: (key) => orUndefined(() => readEntry(folder, nameOf(key))),
		write: (key, text) => orUndefined(() => writeEntry(folder, nameOf(key), text)),
	};
}

const isOff = (setting: string | undefined): boolean => ['off', '0', 'false', 'no'].includes(setting ?? '');

function folderOf({ XDG_CACHE_HOME: cacheHome, HOME: home }: Environment): string | undefined {
	if (cacheHome !== undefined && path.isAbsolute(cacheHome)) return path.join(cacheHome, 'labc');
	return home !== undefined && path.isAbsolute(home) ? path.join(home, '.cache', 'labc') : undefined;
}

const nameOf = (key: string): string => `${sha256(key)}.json`;

function orUndefined<T>(attempt: () => T): T | undefined {
	try {
		return attempt();
	} catch {
		return undefined; // no such entry, no permission, no room: the cache is no reason for anything to fail
	}
}

/** An entry begins with a sum over its name and text: what is damaged or was renamed counts as not there. */
function readEntry(folder: string, name: string): string | undefined {
	const descriptor = openSync(
		path.join(folder, name),
		constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
	);
	try {
		const stats = fstatSync(descriptor);
		if (!stats.isFile() || !isOurs(stats) || stats.size > entrySizeLimit) return undefined;
		const content = readFileSync(descriptor, 'utf8');
		const text = content.slice(sumLength);
		return content.slice(0, sumLength) === sha256(name, text) ? text : undefined;
	} finally {
		closeSync(descriptor);
	}
}

const sumLength = 64;

interface Ownership {
	readonly uid: number;
	readonly mode: number;
}

/** Nobody else could have written it. */
const isOurs = ({ uid, mode }: Ownership): boolean => uid === process.geteuid?.() && (mode & 0o022) === 0;

/** Under another name first, so that nobody ever reads half an entry. */
function writeEntry(folder: string, name: string, text: string): void {
	if (text.length > entrySizeLimit - sumLength || !isUsable(folder)) return;
	const unfinished = path.join(folder, `${name}.${process.pid}`);
	try {
		writeFileSync(unfinished, sha256(name, text) + text, { mode: 0o600, flag: 'wx' });
		renameSync(unfinished, path.join(folder, name));
	} catch (error) {
		rmSync(unfinished, { force: true });
		throw error;
	}
	if (isTurnToEvict(folder, text.length)) evict(folder);
}

/**
 * Makes the folder where it is missing, but no home for it. With another person's rights (`sudo`) nothing is written:
 * they could not use what we leave there.
 */
function isUsable(folder: string): boolean {
	if (!existsSync(folder)) {
		const parent = path.dirname(folder);
		if (!existsSync(parent)) makeFolder(parent);
		makeFolder(folder);
	}
	const stats = lstatSync(folder);
	return stats.isDirectory() && isOurs(stats);
}

/** In a folder that all may write to (`/tmp`) only where nobody can put another in the place of ours. */
function makeFolder(folder: string): void {
	const parent = statSync(path.dirname(folder));
	if (isOurs(parent) || (parent.mode & stickyBit) !== 0) mkdirSync(folder, 0o700);
}

const stickyBit = 0o1000;

/**
 * Listing the names is cheap, so their number is looked at on each write; asking each for its size is not, so that is
 * done after a large entry, and after one small one in sixteen. Sixteen small ones are the most that the limit of the
 * size can be passed by on the average; writers at the same time can pass both limits by what each of them writes.
 */
const isTurnToEvict = (folder: string, size: number): boolean =>
	size > smallSize || readdirSync(folder).length > entryLimit || Math.random() < 1 / 16;

const smallSize = 64 * 1024;

/** Those used last stay. The kernel notes a reading once a day, or never where it is told so: then writing counts. */
function evict(folder: string): void {
	const entries = readdirSync(folder)
		.map((name) => path.join(folder, name))
		.map((file) => ({ file, stats: lstatSync(file) }))
		.filter(({ stats }) => stats.isFile())
		.sort((a, b) => lastUse(b.stats) - lastUse(a.stats));
	let size = 0;
	for (const [index, { file, stats }] of entries.entries()) {
		size += stats.size;
		if (index >= entryLimit || size > totalSizeLimit) rmSync(file, { force: true });
	}
}

const lastUse = ({ atimeMs, mtimeMs }: Stats): number => Math.max(atimeMs, mtimeMs);
