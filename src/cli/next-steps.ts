import { isCredential, mask, maskText, maskUrls } from '../errors/mask.ts';
import type { NextSteps } from './command.ts';
import type { ComposeValues, RootValues } from './global-flags.ts';

/** Flags say which engine and project a command is about: whoever leaves them out speaks to another one. */
export function nextSteps(
	argv: readonly string[],
	{ root, compose }: { readonly root: RootValues; readonly compose: ComposeValues },
): NextSteps {
	const prefix = line(['labc', 'compose', ...addressOf(root, compose)]);
	return {
		again: line(['labc', ...argv]),
		addressed: (hint) => hint.replaceAll(/`labc compose (?=[a-z])/g, () => `\`${prefix} `),
	};
}

function addressOf(root: RootValues, compose: ComposeValues): readonly string[] {
	const texts: readonly (readonly [flag: string, values: readonly (string | undefined)[]])[] = [
		['-H', [compose.host ?? root.host]],
		['--context', [compose.context ?? root.context]],
		['--project-directory', [compose['project-directory']]],
		['-f', compose.file],
		['-p', [compose['project-name']]],
		['--env-file', compose['env-file']],
		['--profile', compose.profile],
	];
	const switches = ['compatibility', 'all-resources'] as const;
	return [
		...texts.flatMap(([flag, values]) => values.flatMap((value) => (value === undefined ? [] : [flag, value]))),
		...switches.filter((name) => compose[name] === true).map((name) => `--${name}`),
	];
}

/** As a shell reads it; credentials are left for the user to fill in. */
const line = (words: readonly string[]): string =>
	words.map((word, index) => (isSecret(word, words[index - 1]) ? mask : quote(masked(word)))).join(' ');

/** `--token VALUE` */
const isSecret = (word: string, before = ''): boolean =>
	/^--?[\w-]*(token|pass|secret|key)[\w-]*$/i.test(before) && !word.startsWith('-');

/** `TOKEN=VALUE` is covered to its end, blanks and all. */
function masked(word: string): string {
	const [name, assigned] = /^([\w.-]+=)/.exec(word) ?? [];
	return name !== undefined && assigned !== undefined && isCredential(name)
		? `${name}${mask}`
		: maskUrls(maskText(word));
}

function quote(word: string): string {
	if (/^[\w@%+=:,./•-]+$/.test(word)) return word;
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in a line of text
	if (!/[\u0000-\u001f\u007f]/.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
	// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
	const escaped = word.replaceAll(/[\\'\u0000-\u001f\u007f]/g, (char) =>
		char === '\\' || char === "'" ? `\\${char}` : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
	);
	return `$'${escaped}'`;
}
