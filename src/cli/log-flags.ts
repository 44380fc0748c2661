import { LabcError } from '../errors/labc-error.ts';
import { parseDuration } from '../model/duration.ts';
import type { Project } from '../model/project.ts';
import type { LogSelection } from '../use-cases/log-containers.ts';
import type { LogRange } from '../use-cases/print-logs.ts';
import { requireDeclared, type TargetProject } from './target-project.ts';

/** Checks the services against the file, where there is one. */
export function logSelection(
	{ name, project }: TargetProject,
	services: readonly string[],
	index: number | undefined,
): LogSelection {
	for (const service of services) requireDeclared(service, project);
	if (index !== undefined && index !== 0 && services.length !== 1) {
		throw new LabcError('USAGE_INVALID', '`--index` requires one service to be selected', {
			hint: 'Name the service whose container is meant.',
		});
	}
	const shown = services.length > 0 ? services : attachedServices(project);
	return { projectName: name, services: shown, index: index === 0 ? undefined : index };
}

/** Nobody asks for what has `attach: false` but by its name; empty where no service has it. */
function attachedServices(project: Project | undefined): readonly string[] {
	const services = [...(project?.services ?? [])];
	const attached = services.filter(([, { attach }]) => attach !== false).map(([name]) => name);
	return attached.length === services.length ? [] : attached;
}

export interface LogRangeValues {
	readonly tail?: string | undefined;
	readonly since?: string | undefined;
	readonly until?: string | undefined;
	readonly timestamps?: boolean | undefined;
}

/** The wanted lines in the engine's terms; durations count back from `nowMs`. */
export const logRange = ({ tail, timestamps, ...range }: LogRangeValues, nowMs: number): LogRange => ({
	tail: parseTail(tail),
	...eventRange(range, nowMs),
	timestamps,
});

export const eventRange = (
	{ since, until }: Pick<LogRangeValues, 'since' | 'until'>,
	nowMs: number,
): Pick<LogRange, 'since' | 'until'> => ({
	since: since === undefined ? undefined : parseTime('since', since, nowMs),
	until: until === undefined ? undefined : parseTime('until', until, nowMs),
});

function parseTail(text: string | undefined): number | undefined {
	if (text === undefined || text === 'all' || /^-\d+$/.test(text)) return undefined;
	if (/^\d+$/.test(text)) return Number(text);
	throw new LabcError('USAGE_INVALID', `\`--tail ${text}\` is not a number of lines`, {
		hint: 'Give a number, or `all`.',
	});
}

/** Unix seconds, a point in time, or a duration before now. The engine takes seconds with nine decimals. */
function parseTime(flag: string, text: string, nowMs: number): string {
	if (/^\d+(?:\.\d{1,9})?$/.test(text)) return text;
	const duration = parseDuration(text);
	if (duration !== undefined) return asSeconds(nowMs - Number(duration) / 1e6);
	const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
	if (!Number.isNaN(time)) return asSeconds(time);
	throw new LabcError('USAGE_INVALID', `\`--${flag} ${text}\` is neither a time nor a duration`, {
		hint: 'Write it like `2026-01-02T13:23:37Z`, `1767360217` or `42m`.',
	});
}

const asSeconds = (ms: number): string => {
	const whole = Math.floor(ms / 1000);
	return `${whole}.${String(Math.round((ms - whole * 1000) * 1e6)).padStart(9, '0')}`;
};
