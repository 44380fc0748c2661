import { compareNatural } from '../document/natural-order.ts';
import { childOf, type Node } from '../document/node.ts';
import { nodeAt } from '../document/plain.ts';
import { type Writable, writeYaml } from '../document/write-yaml.ts';
import { orderedEntries } from '../model/ordered-entries.ts';
import type { LoadedProject } from './loaded-project.ts';
import { writable } from './tree-to-text.ts';

/**
 * The project as `config` prints it. Unlike JSON, YAML shows `x-*` at every level, and leaves out what is empty by
 * default; the extensions come from the canonical tree.
 */
export function projectToYaml({ project, tree }: Pick<LoadedProject, 'project' | 'tree'>): string {
	const sections = ['services', 'networks', 'volumes', 'secrets', 'configs', 'models'] as const;
	const entries: [string, Writable][] = project.name === '' ? [] : [['name', project.name]];
	for (const section of sections) {
		const written = writeSection(project[section], childOf(tree, section));
		if (written.size > 0 || section === 'services') entries.push([section, written]);
	}
	return writeYaml(new Map([...entries, ...extensionsOf(tree)]));
}

/** `services: {}` is printed; other sections only where they hold something. */
function writeSection(section: ReadonlyMap<string, object>, tree: Node | undefined): ReadonlyMap<string, Writable> {
	return new Map(
		naturallySorted([...section]).map(([key, value]) => [
			key,
			toWritable(value, { tree: childOf(tree, key), name: '' }),
		]),
	);
}

const naturallySorted = <T>(entries: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] =>
	entries.toSorted(([a], [b]) => compareNatural(a, b));

interface Place {
	readonly tree: Node | undefined;
	/** The attribute that holds the value. */
	readonly name: string;
	/** The attribute that holds that one. */
	readonly holder?: string;
}

/** Attributes whose keys are the user's own. */
const maps = new Set([
	'annotations',
	'additional_contexts',
	'args',
	'aux_addresses',
	'depends_on',
	'driver_opts',
	'environment',
	'labels',
	'models',
	'networks',
	'options',
	'storage_opt',
	'sysctls',
	'ulimits',
]);

/** What JSON writes with a capital letter. */
const printedKeys: ReadonlyMap<string, string> = new Map([
	['Path', 'path'],
	['Rate', 'rate'],
	['Weight', 'weight'],
]);

function toWritable(value: unknown, place: Place): Writable {
	const { tree, name } = place;
	if (Array.isArray(value)) {
		if (name === 'ssh') return value.map((key: string) => key.replace('=', ': '));
		return value.map((item, index) =>
			toWritable(item, { tree: tree && nodeAt(tree, [index]), name: '', holder: name }),
		);
	}
	if (typeof value !== 'object' || value === null) return value as Writable;
	if (place.holder === 'ulimits') return writeUlimit(value);
	const isMap = maps.has(name);
	const entries = orderedEntries(value as Readonly<Record<string, unknown>>);
	const written = entries
		.filter(([key, member]) => !isOmitted(key, member))
		.map(([key, member]) => {
			const printed = isMap ? key : (printedKeys.get(key) ?? key);
			return [printed, toWritable(member, { tree: childOf(tree, printed), name: key, holder: name })] as const;
		});
	if (isMap) return new Map(naturallySorted(written));
	// docker compose forgets the extensions of address pools.
	return new Map([...written, ...(place.holder === 'config' ? [] : extensionsOf(tree))]);
}

/** JSON leaves out a limit of 0, YAML prints it. */
function writeUlimit({ soft = 0, hard = 0 }: { readonly soft?: number; readonly hard?: number }): Writable {
	return new Map([
		['soft', soft],
		['hard', hard],
	]);
}

/** Empty structures that JSON prints and YAML does not. */
const isOmitted = (key: string, value: unknown): boolean =>
	(key === 'exec' && JSON.stringify(value) === '{"command":null}') ||
	(['command', 'entrypoint'].includes(key) && value === null) ||
	(['ipam', 'placement', 'resources'].includes(key) && typeof value === 'object' && value !== null && isEmpty(value));

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

function extensionsOf(tree: Node | undefined): readonly (readonly [string, Writable])[] {
	if (tree?.kind !== 'mapping') return [];
	const extensions = [...tree.entries].filter(([key]) => key.startsWith('x-'));
	return naturallySorted(extensions.map(([key, { value }]) => [key, writable(value)]));
}
