import { goText } from '../document/go-text.ts';
import type { LocateAttribute } from '../document/locate-attribute.ts';
import { errorFromDiagnostics } from '../errors/labc-error.ts';
import { compareText, orderedEntries } from '../model/ordered-entries.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { infiniteNumber, infiniteNumberIn } from './infinite-number.ts';

/** The project as `config --format json` prints it, byte for byte: two blanks of indentation, no final newline. */
export function projectToJson(project: Project, locate?: LocateAttribute): string {
	for (const [name, service] of project.services) refuseSshPaths(name, service, locate);
	const tree = projectTree(project);
	refuseInfiniteNumbers(tree, locate);
	return goText(writeJson(tree, ''));
}

function refuseInfiniteNumbers(tree: unknown, locate: LocateAttribute | undefined): void {
	const found = infiniteNumberIn(tree);
	if (found !== undefined) throw infiniteNumber(found.value, { path: found.path.join('.'), at: locate?.(found.path) });
}

/** docker compose has no JSON for a key with a path, so there is nothing to be equal to. */
function refuseSshPaths(name: string, { build }: Service, locate: LocateAttribute | undefined): void {
	const index = build?.ssh?.findIndex((entry) => entry.includes('=')) ?? -1;
	if (index < 0) return;
	const path = ['services', name, 'build', 'ssh', index];
	const at = locate?.(path);
	throw errorFromDiagnostics([
		{
			severity: 'error',
			code: 'ATTRIBUTE_UNSUPPORTED',
			message: `the path of the SSH key \`${build?.ssh?.[index]}\` has no form in JSON`,
			path: path.join('.'),
			hint: 'Print YAML instead.',
			...(at !== undefined && { at }),
		},
	]);
}

/** The top level of what is printed, in key order; empty sections but services are left out. */
function projectTree(project: Project): Readonly<Record<string, unknown>> {
	const sections: readonly (readonly [string, unknown])[] = [
		['name', project.name],
		['services', Object.fromEntries(project.services)],
		['networks', filled(project.networks)],
		['secrets', filled(project.secrets)],
		['configs', filled(project.configs)],
		['volumes', filled(project.volumes)],
		...[...project.extensions].map(([key, value]) => [key, extensionTree(value)] as const),
	];
	return Object.fromEntries(sections.filter(([, value]) => value !== undefined).sort(([a], [b]) => compareText(a, b)));
}

/** Extensions are printed with sorted keys, and an empty list as null. */
function extensionTree(value: unknown): unknown {
	if (Array.isArray(value)) return value.length === 0 ? null : value.map(extensionTree);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b));
	return Object.fromEntries(entries.map(([key, member]) => [key, extensionTree(member)]));
}

const filled = (section: ReadonlyMap<string, unknown>): unknown =>
	section.size === 0 ? undefined : Object.fromEntries(section);

function writeJson(value: unknown, indent: string): string {
	if (Array.isArray(value)) {
		return writeItems(
			'[]',
			value.map((item) => writeJson(item, `${indent}  `)),
			indent,
		);
	}
	if (typeof value === 'bigint') return `${value}`;
	if (Object.is(value, -0)) return '-0';
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const members = orderedEntries(value as Readonly<Record<string, unknown>>).map(
		([key, member]) => `${JSON.stringify(key)}: ${writeJson(member, `${indent}  `)}`,
	);
	return writeItems('{}', members, indent);
}

function writeItems(brackets: string, items: readonly string[], indent: string): string {
	if (items.length === 0) return brackets;
	return `${brackets[0]}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${brackets[1]}`;
}
