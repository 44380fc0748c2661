import type { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';

/** What is no text to docker compose's YAML: control characters but tabs and ends of lines, and what is no character. */
const noText = /[^\t\n\r -~\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Refuses characters that may stand nowhere in YAML, not even in quotes or comments; true where there is one. */
export function refuseCharacters(source: SourceFile, findings: Findings): boolean {
	const found = noText.exec(source.text);
	if (found === null) return false;
	const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
	findings.error('YAML_INVALID', `this is not valid YAML: the character U+${code} is not allowed`, {
		at: { source, offset: found.index },
		hint: 'Remove it, or write it as an escape in double quotes.',
	});
	return true;
}
