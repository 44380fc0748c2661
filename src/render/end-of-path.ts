import { displayWidth } from './display-width.ts';

/** A path, from its beginning or from as far at its end as fits into `width` columns: `…/pkg/index.js`. */
export function endOfPath(path: string, width: number): string {
	if (displayWidth(path) <= width) return path;
	for (let at = path.indexOf('/', 1); at !== -1; at = path.indexOf('/', at + 1)) {
		const end = `…${path.slice(at)}`;
		if (displayWidth(end) <= width) return end;
	}
	const characters = [...path.slice(path.lastIndexOf('/') + 1)];
	while (characters.length > 0 && displayWidth(characters.join('')) >= width) characters.shift();
	return `…${characters.join('')}`;
}
