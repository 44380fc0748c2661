import type { Node } from '../../document/node.ts';
import type { AttributePath } from '../../document/path.ts';
import { nodeAt } from '../../document/plain.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import type { Findings } from '../../errors/findings.ts';
import type { DecodedProject } from '../decode/project.ts';

/** What a check sees. */
export interface CheckContext {
	readonly project: DecodedProject;
	/** What was written, and where. */
	readonly tree: Node;
	readonly report: Report;
}

export type Report = (problem: Problem) => void;

interface Problem {
	readonly code: ErrorCode;
	readonly path: AttributePath;
	readonly message: string;
	readonly hint: string;
	/** Where the cause would stand: nothing is said when something is known to be wrong there. */
	readonly causes?: readonly AttributePath[];
}

/** Reports at the place of the nearest part of `path` that was written. */
export const reporter =
	(tree: Node, findings: Findings): Report =>
	({ code, path, message, hint, causes = [] }) => {
		if (causes.some((cause) => findings.hasErrorAt(cause))) return;
		let written: Node | undefined;
		for (let length = path.length; written === undefined && length >= 0; length -= 1) {
			written = nodeAt(tree, path.slice(0, length));
		}
		findings.error(code, message, { at: written?.at, path, hint });
	};
