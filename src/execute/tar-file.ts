import { LabcError } from '../errors/labc-error.ts';

export interface TarredFile {
	/** Absolute. */
	readonly path: string;
	readonly content: Uint8Array;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Seconds since the epoch. */
	readonly modified: number;
}

/** An archive of one file in the ustar format, uncompressed: what the engine unpacks into a container. */
export function tarFile(file: TarredFile): Uint8Array {
	const padding = -file.content.length & (blockSize - 1);
	return Buffer.concat([header(file), file.content, Buffer.alloc(padding + endOfArchive)]);
}

const blockSize = 512;
const endOfArchive = 2 * blockSize;

function header(file: TarredFile): Uint8Array {
	const block = Buffer.alloc(blockSize);
	const [prefix, name] = splitPath(file.path.replace(/^\/+/, ''));
	block.write(name, 0);
	block.write(octal(file.mode, 7), 100);
	block.write(octal(file.uid, 7), 108);
	block.write(octal(file.gid, 7), 116);
	block.write(octal(file.content.length, 11), 124);
	block.write(octal(file.modified, 11), 136);
	block.write(' '.repeat(8), 148);
	block.write('0', 156);
	block.write('ustar\u000000', 257);
	block.write(prefix, 345);
	const sum = block.reduce((total, byte) => total + byte, 0);
	block.write(`${octal(sum, 6)}\u0000`, 148);
	return block;
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

const nameLimit = 100;
const prefixLimit = 155;

/** A long path is kept in two parts, cut at a slash. */
function splitPath(path: string): readonly [prefix: string, name: string] {
	if (Buffer.byteLength(path) <= nameLimit) return ['', path];
	for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
		const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)];
		if (Buffer.byteLength(prefix) <= prefixLimit && Buffer.byteLength(name) <= nameLimit) return [prefix, name];
	}
	throw new LabcError('VALUE_INVALID', `the path \`/${path}\` is too long for a file that is copied into a container`, {
		hint: 'Choose a `target` of at most 100 characters.',
	});
}
