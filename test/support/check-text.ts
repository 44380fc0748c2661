import type { MappingNode } from '../../src/document/node.ts';
import { Findings } from '../../src/errors/findings.ts';
import { checkEnabled } from '../../src/loader/checks/check-enabled.ts';
import { checkResources } from '../../src/loader/checks/resources.ts';
import { decodeProject } from '../../src/loader/decode/project.ts';
import { applyProfiles } from '../../src/loader/select-services.ts';
import { parsedOne } from './load-text.ts';

/** What the checks find in a canonical text, as `line:column path: message | hint`. */
export function problemsIn(text: string, profiles: readonly string[] = []): readonly string[] {
	const findings = new Findings();
	const tree = parsedOne(text) as MappingNode;
	checkResources(tree, findings);
	const decoded = decodeProject(tree, findings);
	const { enabled } = applyProfiles(decoded.services, profiles, []);
	checkEnabled({ ...decoded, services: enabled, declared: decoded.services }, tree, findings);
	return findings.errors.map(
		({ at, path, message, hint }) => `${at?.line}:${at?.column} ${path}: ${message} | ${hint}`,
	);
}
