import type { FindingPlace, Findings } from '../errors/findings.ts';
import type { SubstitutionProblem } from './substitute.ts';

export function reportProblem(problem: SubstitutionProblem, findings: Findings, place: FindingPlace): void {
	if (problem.kind === 'invalid') {
		const hint = 'Write `${NAME}` or `${NAME:-default}`, or `$$` for a plain dollar sign.';
		findings.error('INTERPOLATION_INVALID', `\`${problem.text}\` is not a valid use of a variable`, { ...place, hint });
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
