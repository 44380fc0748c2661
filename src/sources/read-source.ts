import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { LabcError } from '../errors/labc-error.ts';
import type { SourceFile } from '../errors/source-location.ts';

const sizeLimit = 4 * 1024 * 1024;

export interface ReadRequest {
	/** Named by the person, not found by us: then a pipe (`<(...)`) or `/dev/null` is read too. */
	readonly named: boolean;
	/** What messages call the file: `Compose file`. */
	readonly role: string;
	/** Whether UTF-16 with its byte order mark is read too, as YAML says. */
	readonly utf16?: boolean;
	/** Standard input, for the name `-`. */
	readonly standardInput?: () => AsyncIterable<Uint8Array>;
}

/** Reads a text file whole. Anything that could hang, flood or garble the load is refused. */
export async function readSource(file: string, request: ReadRequest): Promise<SourceFile> {
	const bytes =
		file === '-' && request.standardInput !== undefined
			? await readLimited(request.standardInput())
			: (readAtOnce(file) ?? (await readBytes(file, request)));
	if (bytes.length > sizeLimit) throw tooLarge(file, request);
	return { path: file, text: decode(bytes, file, request) };
}

/**
 * The short way for ordinary files, which loads and starts nothing. Undefined for all that may block, be endless or
 * cannot be read.
 */
function readAtOnce(file: string): Uint8Array | undefined {
	try {
		if (!isOrdinary(statSync(file))) return undefined;
		const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
		try {
			const stats = fstatSync(descriptor);
			return isOrdinary(stats) ? readBegin(descriptor, stats.size) : undefined;
		} finally {
			closeSync(descriptor);
		}
	} catch {
		return undefined; // the long way tells why
	}
}

/** Files of the kernel's own say that they are empty. */
const isOrdinary = (stats: Stats): boolean => stats.isFile() && stats.size > 0 && stats.size <= sizeLimit;

function readBegin(descriptor: number, size: number): Uint8Array {
	const bytes = new Uint8Array(size);
	let length = 0;
	while (length < size) {
		const count = readSync(descriptor, bytes, length, size - length, null);
		if (count === 0) break;
		length += count;
	}
	return bytes.subarray(0, length);
}

async function readBytes(file: string, request: ReadRequest): Promise<Uint8Array> {
	const { open } = await import('node:fs/promises');
	// Without O_NONBLOCK, opening a pipe that nobody writes to would hang before its kind is known.
	const flags = request.named ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;
	try {
		await using handle = await open(file, flags);
		const stats = await handle.stat();
		if (stats.isDirectory()) throw unreadable(file, request, 'it is a folder');
		if (!stats.isFile() && !stats.isCharacterDevice() && !request.named)
			throw unreadable(file, request, 'it is not a regular file');
		if (stats.size > sizeLimit) throw tooLarge(file, request);
		return await readLimited(handle.createReadStream({ autoClose: false }));
	} catch (error) {
		throw error instanceof LabcError ? error : fromSystem(error, file, request);
	}
}

/** One chunk past the limit is enough to know. */
async function readLimited(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of chunks) {
		parts.push(chunk);
		size += chunk.length;
		if (size > sizeLimit) break;
	}
	return Buffer.concat(parts);
}

function decode(bytes: Uint8Array, file: string, request: ReadRequest): string {
	let text: string;
	try {
		text = request.utf16 === true && hasUtf16Mark(bytes) ? decodeUtf16(bytes) : decodeAs('utf-8', bytes);
	} catch {
		throw unreadable(file, request, 'it is not UTF-8 text');
	}
	if (text.includes('\0')) throw unreadable(file, request, 'it holds a NUL character');
	return text;
}

const hasUtf16Mark = ([first, second]: Uint8Array): boolean =>
	(first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

/** The little end first: the only order that every runtime decodes. */
function decodeUtf16(bytes: Uint8Array): string {
	const units = bytes[0] === 0xff ? bytes : Buffer.from(bytes).swap16();
	return decodeAs('utf-16le', units);
}

const decodeAs = (encoding: 'utf-8' | 'utf-16le', bytes: Uint8Array): string =>
	new TextDecoder(encoding, { fatal: true }).decode(bytes);

const unreadable = (file: string, { role }: ReadRequest, reason: string): LabcError =>
	new LabcError('SOURCE_UNREADABLE', `the ${role} \`${file}\` cannot be read: ${reason}`, {
		hint: 'Give a text file in UTF-8.',
	});

const tooLarge = (file: string, { role }: ReadRequest): LabcError =>
	new LabcError('SOURCE_UNREADABLE', `the ${role} \`${file}\` is larger than 4 MiB`, { hint: 'Split the file.' });

function fromSystem(error: unknown, file: string, { role }: ReadRequest): unknown {
	const { code, message } = error as NodeJS.ErrnoException;
	if (code === undefined) return error;
	if (code === 'ENOENT' || code === 'ENOTDIR') {
		return new LabcError('SOURCE_NOT_FOUND', `the ${role} \`${file}\` does not exist`, {
			hint: 'Check the path.',
		});
	}
	return new LabcError('SOURCE_UNREADABLE', `the ${role} \`${file}\` cannot be read: ${reasons[code] ?? message}`, {
		hint: 'Check the file and its permissions.',
		cause: error,
	});
}

const reasons: Readonly<Record<string, string>> = {
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	ELOOP: 'too many symbolic links',
	ENXIO: 'it is a socket',
};
