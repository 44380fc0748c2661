import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

const check = 'engine';
/** The first that knows CDI, and the oldest that still gets fixes from anybody. */
const oldestCurrent = 25;

export function checkEngine({ engine }: Pick<Facts, 'engine'>): Finding {
	if (!engine.answers) {
		return {
			check,
			status: 'fail',
			summary: engine.message,
			meaning: 'Nothing can be started, and what depends on the engine was not looked at.',
			fix: engine.hint ?? 'Start the engine, for example with `sudo systemctl start docker`.',
		};
	}
	const { version, apiVersion, negotiatedApiVersion, os, arch } = engine.version;
	const api =
		apiVersion === negotiatedApiVersion ? `API ${apiVersion}` : `API ${negotiatedApiVersion} of its ${apiVersion}`;
	const summary = `Docker ${version} (${os}/${arch}) answers, ${api}`;
	if (Number.parseInt(version, 10) >= oldestCurrent) return { check, status: 'ok', summary };
	return {
		check,
		status: 'warn',
		summary,
		meaning: 'It is too old to know CDI, and nobody mends its security holes any more.',
		fix: 'Update the engine, best to 28.3 or newer, which reads CDI specs without being told.',
	};
}
