import { LabcError } from '../errors/labc-error.ts';
import type { LogSource } from '../render/log-printer.ts';
import { label } from '../state/labels.ts';
import { containerName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';

/** Which of a project's containers are meant. */
export interface LogSelection {
	readonly projectName: string;
	/** Empty: all services. */
	readonly services: readonly string[];
	readonly index?: number | undefined;
}

export const isSelected = (container: ObservedContainer, { services, index }: LogSelection): boolean =>
	!container.oneOff &&
	(services.length === 0 || services.includes(container.service)) &&
	(index === undefined || container.number === index);

/** By service, then by number. */
export function selectContainers(
	containers: readonly ObservedContainer[],
	selection: LogSelection,
): readonly ObservedContainer[] {
	const selected = containers.filter((container) => isSelected(container, selection));
	if (selected.length === 0 && selection.index !== undefined) {
		const [service = ''] = selection.services;
		throw new LabcError('SERVICE_NOT_RUNNING', `service \`${service}\` has no container number ${selection.index}`, {
			hint: 'Look at the numbers with `labc compose ps`.',
		});
	}
	return selected.sort((a, b) => a.service.localeCompare(b.service) || (a.number ?? 0) - (b.number ?? 0));
}

/** Without the files nobody knows whether the project was made with `--compatibility`. */
const separators = ['-', '_'] as const;

/** The name without the project's, where the container has the name that docker compose gives. */
export function logSource(container: Pick<ObservedContainer, 'name' | 'service' | 'number' | 'labels'>): LogSource {
	const { name, service, number } = container;
	const project = container.labels[label.project] ?? '';
	const isUsual = separators.some(
		(separator) =>
			number !== undefined && name === containerName({ name: project, separator }, service, { service: {}, number }),
	);
	return { name: isUsual ? name.slice(project.length + 1) : name, service };
}
