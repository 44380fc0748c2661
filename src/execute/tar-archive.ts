/** The content of a file that is read, anew each time, while the archive is made. */
export interface FileContent {
	/** Bytes; the pieces hold exactly as many. */
	readonly length: number;
	pieces(): Iterable<Uint8Array>;
}

/** What an archive holds: a file with its content, a folder, or a symbolic link. */
export type TarEntry = TarAttributes &
	(
		| { readonly kind: 'file'; readonly content: Uint8Array | FileContent }
		| { readonly kind: 'directory' }
		| { readonly kind: 'symlink'; readonly link: string }
	);

interface TarAttributes {
	/** A slash at its start means nothing. */
	readonly path: string;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Seconds since the epoch; what is below a second is kept, as programs that reload by a file's time look at it. */
	readonly modified: number;
}

/** A whole archive. */
export const tarArchive = (entries: readonly TarEntry[]): Uint8Array => Buffer.concat([...tarPieces(entries)]);

/** An uncompressed archive in the ustar format; what that can't say stands in records of the pax format. */
export function* tarPieces(entries: Iterable<TarEntry>): Generator<Uint8Array> {
	for (const entry of entries) {
		const records = paxRecords(entry);
		if (records !== '') yield* paxHeader(Buffer.from(records));
		yield header(entry);
		yield* padded(contentOf(entry));
	}
	yield Buffer.alloc(endOfArchive);
}

const blockSize = 512;
const endOfArchive = 2 * blockSize;
const empty = new Uint8Array();

const contentOf = (entry: TarEntry): Uint8Array | FileContent => (entry.kind === 'file' ? entry.content : empty);

function* padded(content: Uint8Array | FileContent): Generator<Uint8Array> {
	if (content.length === 0) return;
	if (content instanceof Uint8Array) yield content;
	else yield* content.pieces();
	// By remainder, as bits end at 2 GiB.
	const rest = content.length % blockSize;
	if (rest > 0) yield Buffer.alloc(blockSize - rest);
}

const types: Readonly<Record<TarEntry['kind'], string>> = { file: '0', symlink: '2', directory: '5' };

const nameOf = ({ path, kind }: TarEntry): string => path.replace(/^\/+/, '') + (kind === 'directory' ? '/' : '');

function header(entry: TarEntry): Buffer {
	const [prefix, name] = splitPath(nameOf(entry));
	return block({
		name,
		prefix,
		type: types[entry.kind],
		size: contentOf(entry).length,
		link: entry.kind === 'symlink' && fits(entry.link, nameLimit) ? entry.link : '',
		...entry,
	});
}

interface Block extends Omit<TarAttributes, 'path'> {
	readonly name: string;
	readonly prefix: string;
	readonly link: string;
	readonly type: string;
	readonly size: number;
}

function block({ name, prefix, link, type, size, mode, uid, gid, modified }: Block): Buffer {
	const bytes = Buffer.alloc(blockSize);
	bytes.write(name, 0, nameLimit);
	bytes.write(octal(mode & 0o7777, 7), 100);
	bytes.write(octal(uid, 7), 108);
	bytes.write(octal(gid, 7), 116);
	bytes.write(octal(size, 11), 124);
	bytes.write(octal(modified, 11), 136);
	bytes.write(' '.repeat(8), 148);
	bytes.write(type, 156);
	bytes.write(link, 157, nameLimit);
	bytes.write('ustar\u000000', 257);
	bytes.write(prefix, 345, prefixLimit);
	let sum = 0;
	for (const byte of bytes) sum += byte;
	bytes.write(`${octal(sum, 6)}\u0000`, 148);
	return bytes;
}

/** A number that has no room is told by a record of its own. */
function octal(value: number, digits: number): string {
	const text = Math.max(0, Math.floor(value)).toString(8);
	return text.length > digits ? '7'.repeat(digits) : text.padStart(digits, '0');
}

const nameLimit = 100;
const prefixLimit = 155;
const fits = (text: string, limit: number): boolean => Buffer.byteLength(text) <= limit;

/** A long path is kept in two parts, cut at a slash; one that can't be cut is told by a record. */
function splitPath(path: string): readonly [prefix: string, name: string] {
	if (fits(path, nameLimit)) return ['', path];
	for (let slash = path.indexOf('/'); slash !== -1 && slash < path.length - 1; slash = path.indexOf('/', slash + 1)) {
		const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)];
		if (fits(prefix, prefixLimit) && fits(name, nameLimit)) return [prefix, name];
	}
	return ['', ''];
}

/** Largest number in a field of as many octal digits. */
const largestId = 8 ** 7 - 1;
const largestSize = 8 ** 11 - 1;

function paxRecords(entry: TarEntry): string {
	const name = nameOf(entry);
	const size = contentOf(entry).length;
	return [
		...(splitPath(name)[1] === '' ? [record('path', name)] : []),
		...(entry.kind === 'symlink' && !fits(entry.link, nameLimit) ? [record('linkpath', entry.link)] : []),
		...(size > largestSize ? [record('size', String(size))] : []),
		...(entry.uid > largestId ? [record('uid', String(entry.uid))] : []),
		...(entry.gid > largestId ? [record('gid', String(entry.gid))] : []),
		...(Number.isInteger(entry.modified) || entry.modified < 0
			? []
			: [record('mtime', inMicroseconds(entry.modified))]),
	].join('');
}

/** Never rounded up: the second stays the one that the file itself has. */
function inMicroseconds(modified: number): string {
	const seconds = Math.floor(modified);
	return `${seconds}.${String(Math.floor((modified - seconds) * 1e6)).padStart(6, '0')}`;
}

/** `LENGTH KEY=VALUE` and a line feed; the length counts itself. */
function record(key: string, value: string): string {
	const rest = ` ${key}=${value}\n`;
	const bytes = Buffer.byteLength(rest);
	const length = bytes + String(bytes + String(bytes).length).length;
	return `${length}${rest}`;
}

function* paxHeader(records: Uint8Array): Generator<Uint8Array> {
	yield block({
		name: 'PaxHeaders/entry',
		prefix: '',
		link: '',
		type: 'x',
		size: records.length,
		mode: 0o644,
		uid: 0,
		gid: 0,
		modified: 0,
	});
	yield* padded(records);
}
