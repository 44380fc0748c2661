import type { Document } from '../document/document.ts';
import { childOf, type MappingEntry, type MappingNode, type Node } from '../document/node.ts';
import type { AttributePath } from '../document/path.ts';
import { childTable } from '../document/path-table.ts';
import { didYouMean } from '../errors/did-you-mean.ts';
import type { FindingPlace } from '../errors/findings.ts';
import { isText, withEntry } from './canonical/spot.ts';
import { readExtendedFile } from './extended-file.ts';
import { fileOf, type LoadScope } from './load-scope.ts';
import { mergeNodes } from './merge/merge.ts';
import { pathsBelow, withoutPaths } from './merge/resets.ts';
import { mergeRules } from './merge-rules.ts';

/** A document whose services stand on those they extend, out of the same file or out of others. */
export async function applyExtends(document: Document<MappingNode>, scope: LoadScope): Promise<Document<MappingNode>> {
	const { root, resets } = document;
	const declared = childOf(root, 'services');
	if (declared?.kind !== 'mapping' || !anyExtends(declared)) return document;
	const services = new Map(declared.entries);
	const family: Family = { file: fileOf(root), services, resets, descendants: [], scope };
	for (const [name, entry] of services) services.set(name, { ...entry, value: await extendService(name, family) });
	return { ...document, root: withEntry(root, 'services', { ...declared, entries: services }) };
}

const anyExtends = (services: MappingNode): boolean =>
	[...services.entries.values()].some(({ value }) => childOf(value, 'extends') !== undefined);

/** The services of one file, among which a service finds the one it extends. */
interface Family {
	readonly file: string;
	readonly services: Map<string, MappingEntry>;
	/** What the file takes away from what its services extend. */
	readonly resets: readonly AttributePath[];
	/** The services whose `extends` led here, the first one first. */
	readonly descendants: readonly ServiceInFile[];
	readonly scope: LoadScope;
}

interface ServiceInFile {
	readonly file: string;
	readonly service: string;
}

/** The service `name` laid over the one it extends. What cannot be found is reported, and counts as nothing. */
async function extendService(name: string, family: Family): Promise<Node> {
	const service = family.services.get(name)?.value as Node;
	const reference = referenceOf(service, name);
	if (service.kind !== 'mapping' || reference === undefined) return service;
	const alone = withoutExtends(service);
	if (isCircle(name, reference, family)) return alone;
	const ancestors = await ancestorsOf(reference, name, family);
	if (ancestors === undefined || !isDeclared(reference, name, { family, ancestors })) return alone;
	const base = await extendService(reference.service, ancestors);
	if (base.kind !== 'mapping') return service; // docker compose keeps a service as it is where it extends nothing
	const path = ['services', name];
	const rules = childTable(childTable(mergeRules, 'services'), name);
	const inherited = withoutPaths(base, pathsBelow(family.resets, path));
	const merged = mergeNodes(inherited, alone, { path, findings: family.scope.findings, rules });
	family.services.set(name, { keyAt: family.services.get(name)?.keyAt ?? service.at, value: merged });
	return merged;
}

function withoutExtends(service: MappingNode): MappingNode {
	const entries = new Map(service.entries);
	entries.delete('extends');
	return { ...service, entries };
}

interface Reference {
	readonly service: string;
	readonly file: string | undefined;
	/** Where the name of the service and the file stand. */
	readonly servicePlace: FindingPlace;
	readonly filePlace: FindingPlace;
}

/** What `extends` says; undefined where it is not there, or not of a form that the schema takes. */
function referenceOf(service: Node, name: string): Reference | undefined {
	const path = ['services', name, 'extends'];
	const extended = childOf(service, 'extends');
	if (isText(extended)) {
		const place = { at: extended.at, path };
		return { service: extended.value, file: undefined, servicePlace: place, filePlace: place };
	}
	const [base, file] = [childOf(extended, 'service'), childOf(extended, 'file')];
	if (!isText(base) || (file !== undefined && !isText(file))) return undefined;
	const servicePlace = { at: base.at, path: [...path, 'service'] };
	return { service: base.value, file: file?.value, servicePlace, filePlace: { at: file?.at, path: [...path, 'file'] } };
}

const depthLimit = 32;

function isCircle(name: string, { servicePlace }: Reference, { descendants, file, scope }: Family): boolean {
	const isBack = descendants.some((one) => one.service === name && one.file === file);
	if (!isBack && descendants.length < depthLimit) return false;
	const chain = [...descendants, { file, service: name }].map((one) => `\`${one.service}\` of \`${one.file}\``);
	const message = isBack
		? `services extend each other in a circle: ${chain.join(' -> ')}`
		: `\`extends\` goes on for more than ${depthLimit} services: ${chain.slice(0, 3).join(' -> ')} -> …`;
	const place = { ...servicePlace, hint: 'Remove one of the `extends` in it.' };
	scope.findings.error('MODEL_DEPENDENCY_CYCLE', message, place);
	return true;
}

/** The family of the extended service; undefined where its file is of no use. */
async function ancestorsOf(reference: Reference, name: string, family: Family): Promise<Family | undefined> {
	const descendants = [...family.descendants, { file: family.file, service: name }];
	if (reference.file === undefined) return { ...family, descendants };
	const extended = await readExtendedFile(reference.file, reference.filePlace, family.scope);
	if (extended === undefined) return undefined;
	const { file, services, resets } = extended;
	return {
		file,
		services: new Map(services.entries),
		resets,
		descendants,
		scope: family.scope,
	};
}

interface Kinship {
	readonly family: Family;
	readonly ancestors: Family;
}

function isDeclared({ service, servicePlace }: Reference, name: string, { family, ancestors }: Kinship): boolean {
	if (ancestors.services.has(service)) return true;
	const others = [...ancestors.services.keys()].filter((other) => other !== name || ancestors.file !== family.file);
	const guess = didYouMean(service, others);
	const message = `service \`${name}\` extends \`${service}\`, which \`${ancestors.file}\` does not declare`;
	const elsewhere =
		ancestors.file === family.file
			? 'Declare it in this file, or name its file with `extends.file`; included files are not looked into.'
			: `Declare \`${service}\` there.`;
	family.scope.findings.error('MODEL_UNDEFINED_REFERENCE', message, {
		...servicePlace,
		hint: guess === undefined ? elsewhere : `Did you mean \`${guess}\`?`,
	});
	return false;
}
