import { LabcError } from '../errors/labc-error.ts';
import { type Column, formatTable } from '../render/table.ts';
import type { ListedProject } from '../use-cases/list-projects.ts';

const columns: readonly Column<ListedProject>[] = [
	{ title: 'NAME', text: ({ name }) => name },
	{ title: 'STATUS', text: ({ status }) => status },
	{ title: 'CONFIG FILES', text: ({ configFiles }) => configFiles, dropOrder: 1 },
];

export const formatProjectTable = (projects: readonly ListedProject[], room?: number): string =>
	formatTable(projects, columns, { columns: room });

/** One list, with docker compose's keys. */
export const formatProjectJson = (projects: readonly ListedProject[]): string =>
	`${JSON.stringify(
		projects.map(({ name, status, configFiles }) => ({ Name: name, Status: status, ConfigFiles: configFiles })),
	)}\n`;

/** `name=PATTERN` */
export function readNameFilter(filter: string): RegExp {
	const [, key, value] = /^([^=]*)=(.*)$/.exec(filter) ?? [];
	if (key?.trim() !== 'name' || value === undefined) {
		throw new LabcError('USAGE_INVALID', `\`--filter\` takes name=PATTERN, not \`${filter}\``, {
			hint: 'For example `--filter name=lab`.',
		});
	}
	try {
		return new RegExp(value.trim());
	} catch (cause) {
		throw new LabcError('USAGE_INVALID', `\`--filter ${filter}\` is no pattern`, {
			hint: 'Write a part of the name, or a regular expression.',
			cause,
		});
	}
}
