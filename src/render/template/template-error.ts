import { LabcError } from '../../errors/labc-error.ts';

/** A template that can't be read or filled in. */
export const templateError = (problem: string, hint = seeFields): LabcError =>
	new LabcError('USAGE_INVALID', `the template of \`--format\` is wrong: ${problem}`, { hint });

const seeFields = 'Write fields as `{{.Name}}`; `--format json` shows which ones there are.';
