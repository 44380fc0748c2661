import type { Shortage } from '../gpu/allot.ts';
import type { Holder } from '../gpu/holder.ts';
import type { Shortfall } from '../gpu/shortfall.ts';

/** What to do about GPUs that can't be had. */
export function hintOf({ shortages, isPossible }: Shortfall, ownProject: string): string {
	if (isNameless(shortages)) return 'Name one that there is, as `labc gpu` lists them.';
	if (!isPossible) return 'Ask for what there is, as `labc gpu` lists it.';
	const holders = shortages.flatMap(({ held }) => held.flatMap((each) => each.holders));
	const isOwn =
		holders.some(({ kind }) => kind === 'container') && holders.every(({ project }) => project === ownProject);
	if (isOwn) return 'Others of this project have them: stop those first, or ask for fewer.';
	const lacksMemory = shortages.every(({ ask: { terms } }) => terms.share && terms.memory !== undefined);
	return deadHint(holders) ?? waitHint(lacksMemory ? 'ask for less `memory`' : sharing);
}

const sharing = 'let services share with `x-labc: {gpu: {share: true}}`';

const waitHint = (otherwise: string): string =>
	`Give \`up\` or \`run\` \`--gpu-wait\` to queue for them, ${otherwise}, or set LABC_GPU_ALLOT=off.`;

/** What stands in the way and may be needed by nobody: only people can tell. */
function deadHint(holders: readonly Holder[]): string | undefined {
	const ended = new Set(holders.filter(({ state }) => state === 'exited').map(({ name }) => name));
	if (ended.size > 0) {
		return `Ask whose it is, and keep what nobody needs again from its return with \`docker update --restart no ${[...ended].join(' ')}\`, or queue with \`--gpu-wait\`.`;
	}
	if (holders.length === 0 || holders.some(({ kind }) => kind !== 'ticket')) return undefined;
	const numbers = new Set(holders.map(({ name }) => name.replace('ticket ', '')));
	return `Queue behind them with \`--gpu-wait\`, or give \`labc gpu cancel ${[...numbers].join(' ')}\` where nobody waits any more.`;
}

/** Whether all that is wrong are ids that no GPU has. */
export const isNameless = (shortages: readonly Shortage[]): boolean =>
	shortages.every(({ unknown }) => unknown.length > 0);
