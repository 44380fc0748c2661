import type { Node } from '../../document/node.ts';
import type { Findings } from '../../errors/findings.ts';
import type { DecodedProject } from '../decode/project.ts';
import { checkDependencies } from './dependencies.ts';
import { checkGpuSettings } from './gpu-settings.ts';
import { checkReferences } from './references.ts';
import { reporter } from './report.ts';
import { checkSecretOrigins } from './resources.ts';
import { checkServices } from './services.ts';

/** Checks of the services whose profiles are active. */
export function checkEnabled(
	project: DecodedProject & { readonly declared: DecodedProject['services'] },
	tree: Node,
	findings: Findings,
): void {
	const context = { project, tree, report: reporter(tree, findings) };
	checkSecretOrigins(project, context.report);
	checkServices(context);
	checkGpuSettings(context);
	checkReferences(context);
	checkDependencies(context, project.declared);
}
