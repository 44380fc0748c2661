import type { MappingNode } from '../../src/document/node.ts';
import { Findings } from '../../src/errors/findings.ts';
import { checkDeclared } from '../../src/loader/checks/check-declared.ts';
import { checkEnabled } from '../../src/loader/checks/check-enabled.ts';
import { decodeProject } from '../../src/loader/decode/project.ts';
import { applyProfiles } from '../../src/loader/select-services.ts';
import { parsedOne } from './load-text.ts';

/** What the checks find in a canonical text, as `line:column path: message | hint`. */
export function problemsIn(text: string, profiles: readonly string[] = []): readonly string[] {
	const findings = new Findings();
	const tree = parsedOne(text) as MappingNode;
	const decoded = decodeProject(tree, findings);
	checkDeclared(decoded, tree, findings);
	const { enabled } = applyProfiles(decoded.services, profiles, []);
	checkEnabled({ ...decoded, services: enabled, declared: decoded.services }, tree, findings);
	return findings.errors.map(
		({ at, path, message, hint }) => `${at?.line}:${at?.column} ${path}: ${message} | ${hint}`,
	);
}
