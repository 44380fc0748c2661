import type { Finding } from '../finding.ts';

/** For what only the engine's own machine could tell. */
export const skipElsewhere = (check: string): Finding => ({
	check,
	status: 'skip',
	summary: 'the engine runs on another machine',
	fix: 'Run `labc doctor` there.',
});

/** For what only the engine itself could tell. */
export const skipUnanswered = (check: string): Finding => ({ check, status: 'skip', summary: 'no engine answers' });
