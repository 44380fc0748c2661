import type { WithLock } from '../../src/lock/hold-lock.ts';

/** No lock at all, for tests in which only one is at work. */
export const unlocked: WithLock = (_name, work) => work({ confirm: async () => undefined });
