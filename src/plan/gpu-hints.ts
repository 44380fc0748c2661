import type { Shortage } from '../gpu/allot.ts';
import type { Holder } from '../gpu/holder.ts';
import type { Shortfall } from '../gpu/shortfall.ts';

/** What to do about GPUs that can't be had. */
export function hintOf({ shortages, isPossible }: Shortfall): string {
	if (isNameless(shortages)) return 'Name one that there is, as `labc gpu` lists them.';
	if (!isPossible) return 'Ask for what there is, as `labc gpu` lists it.';
	const holders = shortages.flatMap(({ held }) => held.flatMap((each) => each.holders));
	return deadHint(holders) ?? waitHint;
}

const waitHint =
	'Give `up` or `run` `--gpu-wait` to queue for them, let services share with `x-labc: {gpu: {share: true}}`, or set LABC_GPU_ALLOT=off.';

/** What stands in the way and may be needed by nobody: only people can tell. */
function deadHint(holders: readonly Holder[]): string | undefined {
	const ended = new Set(holders.filter(({ state }) => state === 'exited').map(({ name }) => name));
	if (ended.size > 0) {
		return `Remove what nobody needs again with \`docker rm ${[...ended].join(' ')}\`, or queue with \`--gpu-wait\`.`;
	}
	if (holders.length === 0 || holders.some(({ kind }) => kind !== 'ticket')) return undefined;
	const numbers = new Set(holders.map(({ name }) => name.replace('ticket ', '')));
	return `Queue behind them with \`--gpu-wait\`, or give \`labc gpu cancel ${[...numbers].join(' ')}\` where nobody waits any more.`;
}

/** Whether all that is wrong are ids that no GPU has. */
export const isNameless = (shortages: readonly Shortage[]): boolean =>
	shortages.every(({ unknown }) => unknown.length > 0);
