import type { Service } from '../model/service.ts';

/** A service and its name in the file. */
export interface Declared {
	readonly name: string;
	readonly service: Service;
}
