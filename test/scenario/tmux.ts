import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** A real terminal of a known size with a plain shell in it. */
export interface Pane extends Disposable {
	/** Types text and Enter. */
	type(line: string): void;
	/** Presses keys by tmux's names: `C-c`. */
	press(...keys: string[]): void;
	/** Lines of the screen, without blanks at their ends. */
	screen(): readonly string[];
	/** Resolves when a line of the screen matches. */
	shows(pattern: RegExp): Promise<void>;
	/** Resolves when the last line of the screen, where the cursor stands, matches. */
	waitsAt(pattern: RegExp): Promise<void>;
	/** Types a command once more until a line matches, for what takes effect at a time of its own. */
	showsAfter(line: string, pattern: RegExp): Promise<void>;
	resize(columns: number, rows: number): void;
}

export interface PaneOptions {
	readonly folder: string;
	readonly columns: number;
	readonly rows: number;
	readonly env: Readonly<Record<string, string>>;
}

export const whyNoTmux = (): string | undefined =>
	spawnSync('tmux', ['-V']).status === 0 ? undefined : 'tmux is not installed';

export function openPane({ folder, columns, rows, env }: PaneOptions): Pane {
	const server = `labct-${randomBytes(4).toString('hex')}`;
	const tmux = (...args: readonly string[]): string => {
		const { status, stdout, stderr } = spawnSync('tmux', ['-L', server, '-f', '/dev/null', ...args], {
			encoding: 'utf8',
			env: { ...env, TERM: 'screen', LC_ALL: 'C.UTF-8' },
		});
		if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`);
		return stdout;
	};
	const size = ['-x', String(columns), '-y', String(rows)];
	tmux('new-session', '-d', ...size, '-c', folder, 'env', 'PS1=outside$ ', 'sh');
	const type = (line: string): void => {
		tmux('send-keys', '-l', line);
		tmux('send-keys', 'Enter');
	};
	const screen = (): readonly string[] =>
		tmux('capture-pane', '-p')
			.split('\n')
			.map((line) => line.trimEnd());
	const written = (): readonly string[] => screen().filter((line) => line !== '');
	const matches = async (pattern: RegExp, patienceMs: number, lines = screen): Promise<boolean> => {
		const end = performance.now() + patienceMs;
		while (!lines().some((line) => pattern.test(line))) {
			if (performance.now() > end) return false;
			await delay(50);
		}
		return true;
	};
	return {
		type,
		press: (...keys) => void tmux('send-keys', ...keys),
		screen,
		async shows(pattern) {
			if (!(await matches(pattern, 30_000))) throw new Error(`no ${pattern} on the screen:\n${screen().join('\n')}`);
		},
		async waitsAt(pattern) {
			const found = await matches(pattern, 30_000, () => written().slice(-1));
			if (!found) throw new Error(`the screen does not end with ${pattern}:\n${screen().join('\n')}`);
		},
		async showsAfter(line, pattern) {
			for (let attempt = 0; attempt < 20; attempt += 1) {
				type(line);
				if (await matches(pattern, 500)) return;
			}
			throw new Error(`no ${pattern} after ${line}:\n${screen().join('\n')}`);
		},
		resize: (newColumns, newRows) => void tmux('resize-window', '-x', String(newColumns), '-y', String(newRows)),
		[Symbol.dispose]: () => void spawnSync('tmux', ['-L', server, 'kill-server']),
	};
}
