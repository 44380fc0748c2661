import { LabcError } from '../errors/labc-error.ts';
import type { Drift } from '../plan/plan.ts';
import { formatTable } from '../render/table.ts';
import { listDrift } from '../use-cases/list-drift.ts';
import type { CommandContext } from './command.ts';
import { runTools } from './run-tools.ts';

/** `ps --drift`: what differs from the file, a line a field, and which command mends it. */
export async function showDrift(
	context: CommandContext,
	services: readonly string[],
	format: string | undefined,
): Promise<void> {
	if (format !== undefined && format !== 'table' && format !== 'json') {
		throw new LabcError('USAGE_INVALID', `\`ps --drift\` takes \`--format\` table or json, not \`${format}\``, {
			hint: 'Use `--format json` and pick fields from it, for example with `jq`.',
		});
	}
	const [{ project }, tools] = await Promise.all([
		context.loadProject({ services }),
		runTools(context, { yes: false }),
	]);
	const drift = await listDrift(project, tools, { services });
	await context.flushProgress();
	const { terminal } = context;
	await terminal.out(
		format === 'json'
			? jsonLines(drift)
			: driftTable(drift, terminal.outIsTerminal ? terminal.size().columns : undefined),
	);
}

const jsonLines = (drift: readonly Drift[]): string => drift.map((one) => `${JSON.stringify(one)}\n`).join('');

const driftTable = (drift: readonly Drift[], columns: number | undefined): string =>
	drift.length === 0
		? 'No drift: everything is as declared\n'
		: formatTable(
				drift,
				[
					{ title: 'NAME', text: ({ container }) => container },
					{ title: 'SERVICE', text: ({ service }) => service, dropOrder: 2 },
					{ title: 'FIELD', text: ({ field }) => field },
					{ title: 'OBSERVED', text: ({ observed }) => observed },
					{ title: 'DECLARED', text: ({ declared }) => declared },
					{ title: 'MENDED BY', text: ({ mendedBy }) => mendedBy, dropOrder: 1 },
				],
				{ columns },
			);
