import type { Chapter } from './tell-story.ts';

/** Where the two tellings part, a line each: the step, the place, what one has and what the other has. */
export const differences = (theirs: readonly Chapter[], ours: readonly Chapter[]): readonly string[] =>
	theirs.flatMap((chapter, index) => {
		const other = ours[index];
		const found = between(compared(chapter), other === undefined ? undefined : compared(other), '');
		if (found.length === 0) return [];
		return [`step ${index + 1} \`${chapter.step}\``, ...found.map((line) => `  ${line}`), ...said(other)];
	});

const compared = ({ said: _, ...chapter }: Chapter) => chapter;

const said = (chapter: Chapter | undefined): readonly string[] =>
	(chapter?.said ?? '').trim() === '' ? [] : [`  labc said: ${chapter?.said.trim().replaceAll('\n', '\n    ')}`];

function between(theirs: unknown, ours: unknown, place: string): readonly string[] {
	if (isObject(theirs) && isObject(ours)) {
		const keys = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
		return [...keys].flatMap((key) => between(theirs[key], ours[key], place === '' ? key : `${place}.${key}`));
	}
	const [left, right] = [JSON.stringify(theirs), JSON.stringify(ours)];
	return left === right ? [] : [`${place}: docker compose ${brief(left)}, labc ${brief(right)}`];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const brief = (text: string | undefined): string =>
	text === undefined ? 'nothing' : text.length > 200 ? `${text.slice(0, 200)}…` : text;
