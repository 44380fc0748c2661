import { LabcError } from '../errors/labc-error.ts';
import type { PlanFormat } from './show-plan.ts';
import { upFlags } from './up-flags.ts';

const { build, scale, wait } = upFlags;
/** What decides the plan of an `up`, and how it is shown or kept. */
export const planFlags = {
	format: { type: 'string', value: 'FORMAT', summary: 'How the plan is shown: text or json' },
	steps: { type: 'boolean', summary: 'Show each numbered step, instead of a line a resource' },
	output: {
		type: 'string',
		short: 'o',
		value: 'FILE',
		summary: 'Save the plan too; `up --plan FILE` carries out exactly that',
	},
	'detailed-exitcode': { type: 'boolean', summary: 'End with 0 where nothing is to be done, 2 where something is' },
	build,
	'no-build': upFlags['no-build'],
	pull: upFlags.pull,
	'force-recreate': upFlags['force-recreate'],
	'no-recreate': upFlags['no-recreate'],
	'always-recreate-deps': upFlags['always-recreate-deps'],
	'renew-anon-volumes': upFlags['renew-anon-volumes'],
	drift: upFlags.drift,
	'no-deps': upFlags['no-deps'],
	'remove-orphans': upFlags['remove-orphans'],
	scale,
	wait,
	'wait-timeout': upFlags['wait-timeout'],
	'no-start': upFlags['no-start'],
	timeout: upFlags.timeout,
	gpus: upFlags.gpus,
	yes: { ...upFlags.yes, summary: 'Take for granted that volumes which changed are recreated, though data is lost' },
} as const;

export function planFormat(text = 'text'): PlanFormat {
	if (text === 'text' || text === 'json') return text;
	throw new LabcError('USAGE_INVALID', `\`--format\` takes text or json, not \`${text}\``, {
		hint: 'Leave `--format` out to read the plan as text.',
	});
}
