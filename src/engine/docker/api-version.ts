import { LabcError } from '../../errors/labc-error.ts';

const oldestApiVersion = '1.40';
/** Newer engines are spoken to in this version. */
export const newestApiVersion = '1.51';

/** Below zero where `a` is older than `b`. */
export function compareApiVersions(a: string, b: string): number {
	const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
	const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
	return aMajor - bMajor || aMinor - bMinor;
}

/** The version to speak with an engine whose newest one is `engineVersion`. */
export function negotiateApiVersion(engineVersion: string): string {
	if (compareApiVersions(engineVersion, oldestApiVersion) < 0) {
		throw new LabcError(
			'ENGINE_UNSUPPORTED',
			`the engine speaks API version \`${engineVersion}\`, labc needs \`${oldestApiVersion}\` or newer`,
			{ hint: 'Update the engine to Docker 19.03 or newer.' },
		);
	}
	return compareApiVersions(engineVersion, newestApiVersion) < 0 ? engineVersion : newestApiVersion;
}
