import type { Node } from '../document/node.ts';
import { nodeAt } from '../document/plain.ts';
import type { Findings } from '../errors/findings.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Service } from '../model/service.ts';
import { readEnv } from '../sources/env-grammar.ts';
import { readSource } from '../sources/read-source.ts';
import { foldFiles } from './fold-files.ts';

interface LabelFileContext {
	readonly tree: Node;
	readonly findings: Findings;
}

/** Services with their `label_file`s read into `labels`, which win over them. The files see only one another. */
export async function readServiceLabelFiles(
	services: ReadonlyMap<string, Service>,
	context: LabelFileContext,
): Promise<ReadonlyMap<string, Service>> {
	const entries = [...services].map(
		async ([name, service]) => [name, await withLabelFiles(name, service, context)] as const,
	);
	return new Map(await Promise.all(entries));
}

async function withLabelFiles(name: string, service: Service, { tree, findings }: LabelFileContext): Promise<Service> {
	const { label_file: files, labels = {} } = service;
	if (files === undefined) return service;
	const read = new Map<string, string>();
	for (const [index, file] of files.entries()) {
		const path = ['services', name, 'label_file', index];
		findings.lookFor(file);
		try {
			const source = await readSource(file, { named: true, role: 'label file' });
			readEnv(source, { lookup: (label) => read.get(label), into: read, findings, path });
		} catch (error) {
			if (!(error instanceof LabcError)) throw error;
			findings.error(error.code, error.message, { at: nodeAt(tree, path)?.at, path, hint: error.hint });
		}
	}
	return foldFiles(
		service,
		{ files: 'label_file', into: 'labels', keeps: true },
		{ ...Object.fromEntries(read), ...labels },
	);
}
