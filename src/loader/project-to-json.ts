import { compareText, orderedEntries } from '../model/ordered-entries.ts';
import type { Project } from '../model/project.ts';

/** The project as `config --format json` prints it, byte for byte: two blanks of indentation, no final newline. */
export function projectToJson(project: Project): string {
	return writeJson(projectTree(project), '');
}

/** The top level of what is printed, in key order; empty sections but services are left out. */
export function projectTree(project: Project): Readonly<Record<string, unknown>> {
	const sections: readonly (readonly [string, unknown])[] = [
		['name', project.name],
		['services', Object.fromEntries(project.services)],
		['networks', filled(project.networks)],
		['secrets', filled(project.secrets)],
		['volumes', filled(project.volumes)],
		...project.extensions,
	];
	return Object.fromEntries(sections.filter(([, value]) => value !== undefined).sort(([a], [b]) => compareText(a, b)));
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
