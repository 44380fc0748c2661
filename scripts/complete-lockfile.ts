/**
 * Completes `package-lock.json` after `npm install`: npm leaves out optional platform packages that its registry
 * does not serve, and `npm ci` then refuses the lockfile ("Missing: … from lock file"). An entry with the version
 * and the platform it is for is all that `npm ci` needs to skip it on every other platform.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface LockedPackage {
	version?: string;
	os?: string[];
	cpu?: string[];
	optional?: boolean;
	dev?: boolean;
	optionalDependencies?: Record<string, string>;
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'aix', 'netbsd', 'openbsd', 'sunos'];
const processors: Readonly<Record<string, string>> = {
	x64: 'x64',
	arm64: 'arm64',
	aarch64: 'arm64',
	arm: 'arm',
	ia32: 'ia32',
	ppc64: 'ppc64',
	riscv64: 'riscv64',
	s390x: 's390x',
};

const lockfile = 'package-lock.json';
const lock = JSON.parse(readFileSync(lockfile, 'utf8')) as { packages: Record<string, LockedPackage> };
let added = 0;
for (const entry of Object.values(lock.packages)) {
	for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
		const key = `node_modules/${name}`;
		if (lock.packages[key]?.version !== undefined) continue;
		const platform = platformOf(name);
		if (platform === undefined) continue;
		lock.packages[key] = { version, ...platform, dev: true, optional: true };
		added += 1;
	}
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(lockfile, `${JSON.stringify(lock, undefined, 2)}\n`);
process.stdout.write(`${added} platform packages added to ${lockfile}\n`);

/** Reads the platform out of names like `@biomejs/cli-linux-arm64-musl`; undefined where there is none to read. */
function platformOf(name: string): { os: string[]; cpu: string[] } | undefined {
	const words = name.split(/[/-]/);
	const os = words.find((word) => systems.includes(word));
	const cpu = words.map((word) => processors[word]).find((word) => word !== undefined);
	return os === undefined || cpu === undefined ? undefined : { os: [os], cpu: [cpu] };
}
