import { measuredRun } from './measured-run.ts';

/** What reading a project came to. `bug`: it ended in a way that no file may cause. */
export interface Judgement {
	readonly kind: 'loaded' | 'refused' | 'bug';
	/** What was said of it. */
	readonly words: string;
	/** The project as `config` prints it. */
	readonly printed?: string;
}

interface Trial {
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
}

/** What a Compose command makes of the project in a folder. */
export async function judge([command = '', ...args]: readonly string[], { cwd, env }: Trial): Promise<Judgement> {
	const { status, stdout, stderr } = await measuredRun(command, [...args, '--profile', '*', 'config'], {
		cwd,
		env: { ...env, LABC_CACHE: 'off' },
		timeoutMs: 10_000,
	});
	if (status === 0) return { kind: 'loaded', words: '', printed: stdout };
	const lines = stderr.split('\n').filter((line) => !/warning:|level=warning/.test(line));
	const words = (lines.find((line) => line.startsWith('error:')) ?? lines.join(' ')).trim();
	const isBug = status === null || /this is a bug in labc|^\s+at (?:async )?[\w.<>]+ \(|^\s+at file:/m.test(stderr);
	return { kind: isBug ? 'bug' : 'refused', words };
}
