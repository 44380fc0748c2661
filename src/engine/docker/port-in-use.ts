import { LabcError } from '../../errors/labc-error.ts';

const taken = /port is already allocated|address already in use/;
const bound = [
	/Bind for (\S*):(\d+) failed/,
	/host port(?: for)? (\[[^\]]*\]|[^\s:]*):(\d+)/,
	/listen (?:tcp|udp)[46]? (\S*):(\d+)/,
	/(\S*):(\d+)(?:\/(?:tcp|udp))?: (?:bind: )?address already in use/,
];

/** The port that the engine's refusal speaks of, or undefined where it is about something else. */
export function takenPort(reason: string): number | undefined {
	if (!taken.test(reason)) return undefined;
	for (const pattern of bound) {
		const port = pattern.exec(reason)?.[2];
		if (port !== undefined) return Number(port);
	}
	return undefined;
}

/** `PORT_IN_USE` where `reason` is about a port somebody else has; `holder` names that somebody. */
export function portInUse(reason: string, call: string, holder?: string): LabcError | undefined {
	if (!taken.test(reason)) return undefined;
	const port = takenPort(reason);
	const what = port === undefined ? 'a port it publishes' : `port \`${port}\``;
	const by = holder === undefined ? '' : ` by container \`${holder}\``;
	return new LabcError('PORT_IN_USE', `cannot ${call}: ${what} of this host is already in use${by}`, {
		cause: reason,
		hint: hintFor(port, holder),
	});
}

function hintFor(port: number | undefined, holder: string | undefined): string {
	if (holder !== undefined) return `Publish another port, or stop \`${holder}\`.`;
	const who = port === undefined ? '`ss -ltnp`' : `\`ss -ltnp 'sport = :${port}'\``;
	return `Publish another port, or stop what ${who} shows.`;
}
