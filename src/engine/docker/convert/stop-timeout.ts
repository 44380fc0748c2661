import { nanoseconds } from './numbers.ts';

/** Whole seconds: the engine knows no parts of them. */
export const stopTimeoutSeconds = (gracePeriod: string): number => Math.trunc(nanoseconds(gracePeriod) / 1e9);
