import type { ObservedContainer } from '../state/observed-state.ts';

/** The engine names an anonymous volume by 64 hexadecimal digits, and removes no other with its container. */
export const isAnonymousVolume = ({ type, name }: ObservedContainer['mounts'][number]): boolean =>
	type === 'volume' && /^[0-9a-f]{64}$/.test(name ?? '');
