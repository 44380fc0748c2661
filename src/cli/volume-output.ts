import type { VolumeDescription } from '../engine/volume-api.ts';
import { formatLabels, labelHeader, labelOf, type RowKind } from './listing-format.ts';

/** docker's template of that name. */
export const rawVolume = 'name: {{.Name}}\\ndriver: {{.Driver}}\\n';

const unknown = 'N/A';

export const volumeRows: RowKind<VolumeDescription> = {
	columns: [
		{ title: 'DRIVER', text: ({ driver }) => driver },
		{ title: 'VOLUME NAME', text: ({ name }) => name },
	],
	fields: ({ name, driver, scope, mountpoint, labels }) => ({
		Availability: unknown,
		Driver: driver,
		Group: unknown,
		Labels: formatLabels(labels),
		Links: unknown,
		Mountpoint: mountpoint,
		Name: name,
		Scope: scope,
		Size: unknown,
		Status: unknown,
		Label: (key: unknown) => labelOf(labels, key),
	}),
	headers: {
		Availability: 'AVAILABILITY',
		Driver: 'DRIVER',
		Group: 'GROUP',
		Labels: 'LABELS',
		Links: 'LINKS',
		Mountpoint: 'MOUNTPOINT',
		Name: 'VOLUME NAME',
		Scope: 'SCOPE',
		Size: 'SIZE',
		Status: 'STATUS',
		Label: labelHeader,
	},
};
