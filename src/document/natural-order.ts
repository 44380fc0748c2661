/** Orders keys as docker compose's YAML does: runs of digits by their number, letters after other characters. */
export function compareNatural(a: string, b: string): number {
	const [left, right] = [[...a], [...b]];
	const start = left.findIndex((character, index) => character !== right[index]);
	const [x, y] = [left[start], right[start]];
	if (start === -1 || x === undefined || y === undefined) return left.length - right.length;
	return compareAt(start, left, right) || (x < y ? -1 : 1);
}

/** Compares where the two first differ. */
function compareAt(start: number, left: readonly string[], right: readonly string[]): number {
	const [isLetterLeft, isLetterRight] = [isLetter(left[start]), isLetter(right[start])];
	if (isLetterLeft && isLetterRight) return 0;
	if (isLetterLeft || isLetterRight) return isLetterLeft === isDigit(left[start - 1]) ? -1 : 1;
	const counts = left[start] !== '0' && right[start] !== '0' ? false : hasNumberBefore(start, left);
	const [x, y] = [numberAt(start, left), numberAt(start, right)];
	return compareNumbers(`${counts ? 1 : 0}${x}`, `${counts ? 1 : 0}${y}`) || x.length - y.length;
}

function compareNumbers(a: string, b: string): number {
	const difference = BigInt(a) - BigInt(b);
	if (difference === 0n) return 0;
	return difference < 0n ? -1 : 1;
}

const isLetter = (character = ''): boolean => /\p{L}/u.test(character);

const isDigit = (character = ''): boolean => /\p{Nd}/u.test(character);

const numberAt = (start: number, characters: readonly string[]): string =>
	/^\d*/.exec(characters.slice(start).join(''))?.[0] ?? '';

/** Zeros count as digits only behind a number that has begun. */
function hasNumberBefore(start: number, characters: readonly string[]): boolean {
	for (let index = start - 1; index >= 0 && isDigit(characters[index]); index -= 1) {
		if (characters[index] !== '0') return true;
	}
	return false;
}
