import { didYouMean } from '../errors/did-you-mean.ts';
import { LabcError } from '../errors/labc-error.ts';
import { unknownService } from '../errors/unknown-service.ts';
import { onlyForContainers } from '../loader/loaded-project.ts';
import type { ListedContainers } from '../state/observe.ts';
import type { ListRequest } from '../use-cases/list-containers.ts';
import type { CommandContext, Flags, FlagValues } from './command.ts';
import { rawContainer } from './container-output.ts';
import { type ListingFormat, readRowFormat } from './listing-format.ts';
import { loadAndList } from './load-and-list.ts';
import { namedProject } from './named-project.ts';

export const psFlags = {
	all: { type: 'boolean', short: 'a', summary: 'Stopped containers and one-offs too' },
	quiet: { type: 'boolean', short: 'q', summary: 'Only the ids' },
	services: { type: 'boolean', summary: 'Only the names of the services' },
	status: { type: 'list', value: 'STATE', summary: 'Only containers in this state, for example running or exited' },
	filter: { type: 'string', value: 'status=STATE', summary: 'The same, written as a filter' },
	format: {
		type: 'string',
		value: 'FORMAT',
		summary: 'table (the default), json (one object a line), or a Go template',
	},
	'no-trunc': { type: 'boolean', summary: 'Whole commands and ids' },
	drift: { type: 'boolean', summary: 'What was changed by hand or is not as the file says, field by field' },
	orphans: { type: 'boolean', summary: 'Containers of services that the file does not name (the default)' },
} as const satisfies Flags;

type PsValues = FlagValues<typeof psFlags>;

export interface Listing {
	readonly request: ListRequest;
	readonly format: ListingFormat;
	/** Where the file had to be read: asked for meanwhile. */
	readonly listed?: ListedContainers | undefined;
}

/** What is to be listed. A project that is named needs no file; its services are then not checked. */
export async function readListing(
	context: CommandContext,
	values: PsValues,
	services: readonly string[],
): Promise<Listing> {
	const format = readRowFormat(values.format, rawContainer);
	const states = [...values.status, ...readFilter(values.filter)].map(readState);
	const projectName = namedProject(context);
	const { name, declared, listed } =
		projectName === undefined || values.orphans === false
			? await declaredServices(context)
			: { name: projectName, declared: undefined, listed: undefined };
	const unknown = services.find((service) => declared?.has(service) === false);
	if (unknown !== undefined) throw unknownService(unknown, declared ?? []);
	const wanted = services.length === 0 && values.orphans === false ? [...(declared ?? [])] : services;
	return { format, request: { projectName: name, services: wanted, all: values.all ?? false, states }, listed };
}

async function declaredServices(context: CommandContext) {
	const { loaded, listed } = await loadAndList(context, { without: onlyForContainers });
	const { name, services, disabledServices } = loaded.project;
	return { name, declared: new Set([...services.keys(), ...disabledServices.keys()]), listed };
}

function readFilter(filter: string | undefined): readonly string[] {
	if (filter === undefined) return [];
	const [key, value] = filter.split('=', 2);
	if (key === 'status' && value !== undefined && value !== '') return [value];
	throw new LabcError('USAGE_INVALID', `\`--filter\` takes status=STATE, not \`${filter}\``, {
		hint: 'For example `--filter status=running`.',
	});
}

const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;

function readState(text: string): string {
	if (states.some((state) => state === text)) return text;
	const nearest = didYouMean(text, states);
	throw new LabcError('USAGE_INVALID', `\`${text}\` is no state of a container`, {
		hint: nearest === undefined ? `The states are ${states.join(', ')}.` : `Did you mean \`${nearest}\`?`,
	});
}
