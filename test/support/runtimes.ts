import { existsSync } from 'node:fs';
import path from 'node:path';

export interface Runtime {
	readonly name: string;
	readonly program: string;
}

/** Node, which the npm package runs on, and Bun, which the executable is made of. */
export function testRuntimes(): readonly Runtime[] {
	const bun = path.join(import.meta.dirname, '../../node_modules/@oven', `bun-linux-${process.arch}`, 'bin/bun');
	const node = { name: 'Node', program: process.execPath };
	return existsSync(bun) ? [node, { name: 'Bun', program: bun }] : [node];
}
