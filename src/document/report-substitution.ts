import type { FindingPlace, Findings } from '../errors/findings.ts';
import type { Position } from '../errors/source-location.ts';
import type { SubstitutionProblem } from './substitute.ts';

export function reportProblem(problem: SubstitutionProblem, findings: Findings, place: FindingPlace): void {
	if (problem.kind === 'invalid') {
		const message = `\`${problem.text}\` ${problem.isOpen ? 'is not closed on its line' : 'is not a valid use of a variable'}`;
		const form = problem.isOpen ? 'Add the missing `}` to the line' : 'Write `${NAME}` or `${NAME:-default}`';
		const hint = `${form}, or \`$$\` for a plain dollar sign.`;
		findings.error('INTERPOLATION_INVALID', message, { ...place, hint });
		return;
	}
	const { name, message } = problem;
	const reason = message === '' ? '' : `: ${message}`;
	findings.error('VARIABLE_REQUIRED', `the variable \`${name}\` is required but has no value${reason}`, {
		...place,
		hint: `Set \`${name}\` in the environment or in \`.env\`.`,
	});
}

export function reportUnset(name: string, findings: Findings, place: FindingPlace): void {
	findings.warning('VARIABLE_UNSET', `the variable \`${name}\` is not set, an empty text takes its place`, {
		...place,
		hint: `Set \`${name}\` in the environment or in \`.env\`, or write \`\${${name}:-}\`.`,
	});
}

/**
 * Where the `$` at an offset of a value stands in its source. The value starts at `at` and may have been written with
 * quotes, escapes and line breaks of its own, but its dollars stand there one by one. Asked in the order of the text,
 * it goes through it once.
 */
export function dollarPlaces(value: string, at: Position): (offset: number) => Position {
	const { source } = at;
	const start = { seen: -1, position: at.offset - 1 };
	let last = start;
	return (offset) => {
		let { seen, position } = offset < last.seen ? start : last;
		while (seen < offset) {
			seen = value.indexOf('$', seen + 1);
			position = source.text.indexOf('$', position + 1);
			if (seen === -1 || position === -1) return at;
		}
		last = { seen, position };
		return source.text.startsWith(value.slice(offset, offset + 2), position) ? { source, offset: position } : at;
	};
}
