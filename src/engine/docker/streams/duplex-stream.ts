import type { Duplex } from 'node:stream';
import type { DuplexStream } from '../../streams.ts';
import { outputFrames } from './output-frames.ts';

/** A connection that the engine has handed over, both ways. */
export function duplexStream(connection: Duplex, { tty }: { readonly tty: boolean }): DuplexStream {
	let closed = false;
	// Without a listener a broken connection would end the program; readers and writers learn of it themselves.
	connection.on('error', () => {});
	return {
		output: outputFrames(connection, { tty, isClosed: () => closed }),
		write: (bytes) => write(connection, bytes),
		endInput() {
			if (!connection.writableEnded) connection.end();
		},
		close() {
			closed = true;
			connection.destroy();
		},
	};
}

/** Resolves when the connection can take more, or when there is nobody left to take it. */
function write(connection: Duplex, bytes: Uint8Array): Promise<void> {
	if (!connection.writable || connection.write(bytes)) return Promise.resolve();
	return new Promise((resolve) => {
		const settle = () => {
			connection.off('drain', settle).off('close', settle).off('error', settle);
			resolve();
		};
		connection.on('drain', settle).on('close', settle).on('error', settle);
	});
}
