import { LabcError } from '../errors/labc-error.ts';

/** Undefined where what is read was removed since it was listed. */
export async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof LabcError && error.code === 'ENGINE_NOT_FOUND') return undefined;
		throw error;
	}
}
