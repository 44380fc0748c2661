import { counted } from '../counted.ts';
import type { Facts, LockFact } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { skipUnanswered } from './elsewhere.ts';

const check = 'locks';

export function checkLocks({ engine }: Pick<Facts, 'engine'>): Finding {
	if (!engine.answers) return skipUnanswered(check);
	const left = engine.locks.filter(({ liveness }) => liveness === 'dead');
	const doubtful = engine.locks.filter(({ liveness }) => liveness === 'unknown');
	if (left.length > 0) {
		return {
			check,
			status: 'warn',
			summary: `left behind: ${left.map(describeLock).join('; ')}`,
			meaning: 'A command was ended in the middle: what it changed may be half done. The lock itself stops nobody.',
			fix: 'Run the command again: it finishes the work and takes the lock away.',
		};
	}
	if (doubtful.length > 0) {
		return {
			check,
			status: 'warn',
			summary: `nobody here can tell whether this still lives: ${doubtful.map(describeLock).join('; ')}`,
			meaning: 'Until it goes, others wait for it.',
			fix: 'If you know that it has ended, give your next command `--break-lock`.',
		};
	}
	if (engine.locks.length === 0) return { check, status: 'ok', summary: 'none' };
	const held = engine.locks.map(describeLock).join('; ');
	return { check, status: 'ok', summary: `${counted(engine.locks.length, 'lock')} held right now: ${held}` };
}

const describeLock = ({ name, holder }: LockFact): string => `\`${name}\` by ${holder}`;
