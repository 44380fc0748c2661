import type { Hook } from './hook.ts';

export interface Develop {
	readonly watch?: readonly WatchRule[];
}

export interface WatchRule {
	/** Absolute path of what is watched. */
	readonly path: string;
	readonly action: 'rebuild' | 'sync' | 'restart' | 'sync+restart' | 'sync+exec';
	readonly target?: string;
	readonly exec?: Hook;
	readonly include?: readonly string[];
	readonly ignore?: readonly string[];
	readonly initial_sync?: true;
}
