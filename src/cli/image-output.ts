import { humanDuration } from '../render/human-duration.ts';
import { humanSize } from '../render/human-size.ts';
import { type Column, formatTable } from '../render/table.ts';
import type { ListedImage } from '../use-cases/list-images.ts';

const withoutAlgorithm = (id: string): string => id.replace(/^sha256:/, '');
const shortIdLength = 12;

const columnsFor = (nowMs: number): readonly Column<ListedImage>[] => [
	{ title: 'CONTAINER', text: ({ container }) => container },
	{ title: 'REPOSITORY', text: ({ repository }) => repository },
	{ title: 'TAG', text: ({ tag }) => tag },
	{ title: 'PLATFORM', text: ({ platform }) => platform, dropOrder: 4 },
	{ title: 'IMAGE ID', text: ({ id }) => withoutAlgorithm(id).slice(0, shortIdLength), dropOrder: 3 },
	{ title: 'SIZE', text: ({ size }) => humanSize(size), dropOrder: 1 },
	{ title: 'CREATED', text: ({ lastTagged }) => since(lastTagged, nowMs), dropOrder: 2 },
];

const since = (time: string | undefined, nowMs: number): string =>
	time === undefined ? 'N/A' : `${humanDuration((nowMs - Date.parse(time)) / 1000)} ago`;

export const formatImageTable = (
	images: readonly ListedImage[],
	{ nowMs, columns }: { readonly nowMs: number; readonly columns?: number | undefined },
): string => formatTable(images, columnsFor(nowMs), { columns });

/** One list, with docker compose's keys and its empty line; `null` where there is nothing, as it has it. */
export const formatImageJson = (images: readonly ListedImage[]): string =>
	`${images.length === 0 ? 'null' : JSON.stringify(images.map(toJson))}\n\n`;

/** Each id once. */
export const formatImageIds = (images: readonly ListedImage[]): string =>
	[...new Set(images.map(({ id }) => `${withoutAlgorithm(id)}\n`))].join('');

const toJson = ({ id, container, repository, tag, platform, size, lastTagged }: ListedImage) => ({
	ID: id,
	ContainerName: container,
	Repository: repository,
	Tag: tag,
	Platform: platform,
	Size: size,
	LastTagTime: lastTagged ?? neverTagged,
});

/** Go's word for no time at all. */
const neverTagged = '0001-01-01T00:00:00Z';
