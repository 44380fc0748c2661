import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

const check = 'inotify';
/** A data folder of a few projects has more files than the 8192 that older kernels allow. */
const leastWatches = 65_536;
/** The kernel's own choice. */
const leastInstances = 128;

export function checkInotify({ inotify }: Pick<Facts, 'inotify'>): Finding {
	if (inotify === undefined) return { check, status: 'skip', summary: 'this system does not tell its limits' };
	const { watches, instances } = inotify;
	const summary = `${watches} watches and ${instances} watchers for each user`;
	if (watches >= leastWatches && instances >= leastInstances) return { check, status: 'ok', summary };
	const settings = [
		...(watches < leastWatches ? ['fs.inotify.max_user_watches=524288'] : []),
		...(instances < leastInstances ? ['fs.inotify.max_user_instances=512'] : []),
	];
	return {
		check,
		status: 'warn',
		summary,
		meaning: '`labc compose watch` and file watchers inside containers fail on large folders.',
		fix: `Run \`sudo sysctl ${settings.join(' ')}\`, and keep it in /etc/sysctl.d/.`,
	};
}
