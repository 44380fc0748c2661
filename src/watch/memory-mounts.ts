import path from 'node:path';
import type { Service } from '../model/service.ts';
import { relativeBelow } from './rules.ts';

/**
 * Whether a path of a service's containers lies on a file system that only the running container sees: what the engine
 * unpacks would lie below it, where nobody finds it.
 */
export function memoryMounts({ tmpfs = [], volumes = [] }: Pick<Service, 'tmpfs' | 'volumes'>) {
	const mounts = [
		...tmpfs.map((entry) => ({ place: placeOf(entry.split(':')[0] ?? ''), isInMemory: true })),
		...volumes.map(({ type, target }) => ({ place: placeOf(target), isInMemory: type === 'tmpfs' })),
	].sort((one, other) => other.place.length - one.place.length);
	return (target: string): boolean =>
		mounts.find(({ place }) => relativeBelow(place, target) !== undefined)?.isInMemory === true;
}

const placeOf = (target: string): string => path.posix.resolve('/', target);
