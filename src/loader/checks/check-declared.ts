import type { Node } from '../../document/node.ts';
import type { Findings } from '../../errors/findings.ts';
import type { DecodedProject } from '../decode/project.ts';
import { reporter } from './report.ts';
import { checkResources } from './resources.ts';

/** Checks that hold whatever profiles are active. */
export function checkDeclared(project: DecodedProject, tree: Node, findings: Findings): void {
	checkResources({ project, report: reporter(tree, findings) }, tree);
}
