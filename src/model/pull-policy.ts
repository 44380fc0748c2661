import { parseDuration } from './duration.ts';

/** When an image is pulled or built: `refresh`, once it has been here for longer than that. */
export type PullPolicy =
	| { readonly kind: 'always' | 'missing' | 'never' | 'build' }
	| { readonly kind: 'refresh'; readonly afterMs: number };

const dayMs = 24 * 60 * 60 * 1000;

const words: ReadonlyMap<string, PullPolicy> = new Map([
	['always', { kind: 'always' }],
	['missing', { kind: 'missing' }],
	['if_not_present', { kind: 'missing' }],
	['never', { kind: 'never' }],
	['build', { kind: 'build' }],
	/** docker compose 2.40.3 knows the word and not what it means. */
	['refresh', { kind: 'missing' }],
	['daily', { kind: 'refresh', afterMs: dayMs }],
	['weekly', { kind: 'refresh', afterMs: 7 * dayMs }],
]);

const every = 'every_';

/** Reads a word of `pull_policy`; undefined where it is none. */
export function parsePullPolicy(text: string): PullPolicy | undefined {
	if (!text.startsWith(every)) return words.get(text);
	const nanoseconds = parseDuration(text.slice(every.length));
	return nanoseconds === undefined ? undefined : { kind: 'refresh', afterMs: Number(nanoseconds / 1_000_000n) };
}
