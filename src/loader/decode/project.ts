import { childOf, type MappingNode, mappingNode, type Node } from '../../document/node.ts';
import { type Plain, toPlain } from '../../document/plain.ts';
import type { Findings } from '../../errors/findings.ts';
import type { AiModel } from '../../model/ai-model.ts';
import type { Config } from '../../model/config.ts';
import type { Network } from '../../model/network.ts';
import { compareText } from '../../model/ordered-entries.ts';
import type { LabcSettings } from '../../model/project.ts';
import type { Secret } from '../../model/secret.ts';
import type { Service } from '../../model/service.ts';
import type { Volume } from '../../model/volume.ts';
import { isNull } from '../canonical/spot.ts';
import { type Decoder, decodeStructure } from './decoder.ts';
import { decodeConfig, decodeModel, decodeNetwork, decodeSecret, decodeVolume } from './resources.ts';
import { serviceAttributes } from './service.ts';

/** The typed parts of a project, before any service or resource is left out. */
export interface DecodedProject {
	readonly services: ReadonlyMap<string, Service>;
	readonly networks: ReadonlyMap<string, Network>;
	readonly volumes: ReadonlyMap<string, Volume>;
	readonly secrets: ReadonlyMap<string, Secret>;
	readonly configs: ReadonlyMap<string, Config>;
	readonly models: ReadonlyMap<string, AiModel>;
	readonly extensions: ReadonlyMap<string, Plain>;
	readonly labc: LabcSettings;
}

/** Types a canonical, normalised tree. The schema has checked every shape, so the casts here only name it. */
export function decodeProject(tree: MappingNode, findings: Findings): DecodedProject {
	const section = (name: string, decode: Decoder): ReadonlyMap<string, unknown> =>
		decodeSection(tree, { name, decode, findings });
	return {
		services: section('services', decodeService) as ReadonlyMap<string, Service>,
		networks: section('networks', decodeNetwork) as ReadonlyMap<string, Network>,
		volumes: section('volumes', decodeVolume) as ReadonlyMap<string, Volume>,
		secrets: section('secrets', decodeSecret) as ReadonlyMap<string, Secret>,
		configs: section('configs', decodeConfig) as ReadonlyMap<string, Config>,
		models: section('models', decodeModel) as ReadonlyMap<string, AiModel>,
		extensions: decodeExtensions(tree),
		labc: { project: settingsOf(tree), services: serviceSettings(tree) },
	};
}

interface Section {
	readonly name: string;
	readonly decode: Decoder;
	readonly findings: Findings;
}

function decodeSection(tree: MappingNode, { name, decode, findings }: Section): ReadonlyMap<string, unknown> {
	return new Map(
		sortedEntries(childOf(tree, name)).map(([key, node]) => [
			key,
			decode(filled(node), { path: [name, key], findings }),
		]),
	);
}

/** A resource of which nothing is said. */
const filled = (node: Node): Node => (isNull(node) ? mappingNode([], node.at) : node);

const sortedEntries = (node: Node | undefined): readonly (readonly [string, Node])[] =>
	node?.kind === 'mapping'
		? [...node.entries].map(([key, { value }]) => [key, value] as const).sort(([a], [b]) => compareText(a, b))
		: [];

/** Command and entrypoint are printed even where nothing is said of them. */
const decodeService: Decoder = (node, spot) => {
	if (node.kind !== 'mapping') return undefined;
	const entries = new Map(node.entries);
	const nothing = { keyAt: node.at, value: { kind: 'scalar', value: null, at: node.at } } as const;
	for (const name of ['command', 'entrypoint']) {
		if (!entries.has(name)) entries.set(name, nothing);
	}
	return decodeStructure({ ...node, entries }, serviceAttributes, spot);
};

const decodeExtensions = (tree: MappingNode): ReadonlyMap<string, Plain> =>
	new Map(
		sortedEntries(tree)
			.filter(([key]) => key.startsWith('x-'))
			.map(([key, node]) => [key, toPlain(node)]),
	);

function settingsOf<T extends object>(node: Node | undefined): Partial<T> {
	const settings = childOf(node, 'x-labc');
	return settings?.kind === 'mapping' ? (toPlain(settings) as Partial<T>) : {};
}

const serviceSettings = (tree: MappingNode): LabcSettings['services'] =>
	new Map(
		sortedEntries(childOf(tree, 'services'))
			.filter(([, service]) => childOf(service, 'x-labc') !== undefined)
			.map(([name, service]) => [name, settingsOf(service)]),
	);
