import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ToolPaths } from '../../scenario/scenario.ts';
import { type Asked, allotting, askEngine, type OffMode, offModes } from './ask-engine.ts';
import type { GpuRequest } from './requests.ts';

export interface RequestVerdict {
	readonly mode: string;
	/** Empty where both tools did the same. */
	readonly differences: readonly string[];
	/** Both refused and made nothing. */
	readonly refused: boolean;
}

/** Asks once with docker compose and once with labc in each mode, on one engine and under the same names. */
export async function compareRequest(
	request: GpuRequest,
	{ modes = offModes, tools = {} }: { readonly modes?: readonly OffMode[]; readonly tools?: ToolPaths } = {},
): Promise<readonly RequestVerdict[]> {
	const project = `labcg-${randomBytes(4).toString('hex')}`;
	const theirs = await askEngine(request, { tool: 'dockerCompose', project, mode: allotting, tools });
	const verdicts: RequestVerdict[] = [];
	for (const mode of modes) {
		const ours = await askEngine(request, { tool: 'labc', project, mode, tools });
		const refused = !theirs.succeeded && Object.keys(theirs.containers).length === 0;
		verdicts.push({ mode: mode.name, differences: differencesOf(theirs, ours), refused });
	}
	return verdicts;
}

function differencesOf(theirs: Asked, ours: Asked): readonly string[] {
	const ends = theirs.succeeded === ours.succeeded ? [] : [`docker compose ${endOf(theirs)}, labc ${endOf(ours)}`];
	return [...ends, ...differ(theirs.containers, ours.containers, '')];
}

const endOf = ({ succeeded }: Asked): string => (succeeded ? 'succeeded' : 'failed');

/** Each place at which the two are not the same, to the byte. */
function differ(theirs: unknown, ours: unknown, place: string): readonly string[] {
	if (isDeepStrictEqual(theirs, ours)) return [];
	if (!isRecord(theirs) || !isRecord(ours)) {
		return [`${place}: docker compose ${JSON.stringify(theirs)}, labc ${JSON.stringify(ours)}`];
	}
	const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].sort();
	return keys.flatMap((key) => differ(theirs[key], ours[key], place === '' ? key : `${place}.${key}`));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
