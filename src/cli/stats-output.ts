import { humanBinarySize, humanSize } from '../render/human-size.ts';
import type { MeasuredContainer } from '../use-cases/measure-containers.ts';
import type { RowKind } from './listing-format.ts';

const shortIdLength = 12;

/** docker's table, keys and headings. */
export const statsRows = ({ truncate }: { readonly truncate: boolean }): RowKind<MeasuredContainer> => {
	const idOf = ({ id }: MeasuredContainer): string => (truncate ? id.slice(0, shortIdLength) : id);
	return {
		columns: [
			{ title: 'CONTAINER ID', text: idOf, dropOrder: 5 },
			{ title: 'NAME', text: ({ name }) => name },
			{ title: 'CPU %', text: cpu },
			{ title: 'MEM USAGE / LIMIT', text: memory },
			{ title: 'MEM %', text: memoryShare, dropOrder: 1 },
			{ title: 'NET I/O', text: network, dropOrder: 3 },
			{ title: 'BLOCK I/O', text: disk, dropOrder: 4 },
			{ title: 'PIDS', text: ({ processes }) => String(processes), dropOrder: 2 },
		],
		fields: (container) => ({
			BlockIO: disk(container),
			CPUPerc: cpu(container),
			Container: container.id,
			ID: idOf(container),
			MemPerc: memoryShare(container),
			MemUsage: memory(container),
			Name: container.name,
			NetIO: network(container),
			PIDs: String(container.processes),
		}),
		headers: {
			BlockIO: 'BLOCK I/O',
			CPUPerc: 'CPU %',
			Container: 'CONTAINER',
			ID: 'CONTAINER ID',
			MemPerc: 'MEM %',
			MemUsage: 'MEM USAGE / LIMIT',
			Name: 'NAME',
			NetIO: 'NET I/O',
			PIDs: 'PIDS',
		},
	};
};

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

const cpu = ({ cpuShare }: MeasuredContainer): string => percent(cpuShare);

const memory = (one: MeasuredContainer): string =>
	`${humanBinarySize(one.memory)} / ${humanBinarySize(one.memoryLimit)}`;

const memoryShare = (one: MeasuredContainer): string =>
	percent(one.memoryLimit === 0 ? 0 : one.memory / one.memoryLimit);

const network = ({ received, sent }: MeasuredContainer): string => `${humanSize(received)} / ${humanSize(sent)}`;

const disk = ({ read, written }: MeasuredContainer): string => `${humanSize(read)} / ${humanSize(written)}`;

/** A table over the one before: nothing flickers, and nothing of the old one is left. */
export const inPlace = (table: string, isFirst: boolean): string =>
	`${isFirst ? '\u001b[2J' : ''}\u001b[H${table.replaceAll('\n', '\u001b[K\n')}\u001b[J`;
