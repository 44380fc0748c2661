import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const patterns = '{src/**/*.{ts,js,json},scripts/{build,compile}-*.ts,package-lock.json,package.json}';

/** Names what is built: all that goes into it, and how. */
export function hashSources(root: string): string {
	const hash = createHash('sha256');
	for (const file of globSync(patterns, { cwd: root }).toSorted()) {
		hash
			.update(`${file}\0`)
			.update(readFileSync(path.join(root, file)))
			.update('\0');
	}
	return hash.digest('hex');
}
