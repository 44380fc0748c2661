import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Network } from '../../../src/model/network.ts';
import type { Volume } from '../../../src/model/volume.ts';
import { hashNetwork, hashVolume, networkTexts, volumeTexts } from '../../../src/plan/config-hash.ts';
import { explainNetwork, explainVolume } from '../../../src/plan/explain-resource.ts';
import { fieldsLabel } from '../../../src/plan/field-digests.ts';

type Settings = Readonly<Record<string, unknown>>;

const bridge: Settings = {
	Driver: 'bridge',
	Options: {},
	Internal: false,
	Attachable: false,
	EnableIPv6: false,
	IPAM: { Config: [] },
};
const network = (given: Partial<Network> = {}): Network => ({ name: 'lab_default', ipam: {}, ...given });

const networks: readonly {
	readonly when: string;
	readonly before?: Partial<Network>;
	readonly after?: Partial<Network>;
	readonly settings?: Settings;
	readonly labels?: Readonly<Record<string, string>>;
	readonly reasons: readonly string[];
}[] = [
	{
		when: 'an option changed',
		after: { driver_opts: { mtu: '1400' } },
		settings: { ...bridge, Options: { mtu: '1500' } },
		reasons: ['driver_opts.mtu: 1500 → 1400'],
	},
	{
		when: 'it is internal now and has another driver',
		after: { internal: true, driver: 'macvlan' },
		settings: bridge,
		reasons: ['driver: bridge → macvlan', 'internal: (none) → true'],
	},
	{
		when: 'its addresses changed',
		after: { ipam: { config: [{ subnet: '10.2.0.0/24', gateway: '10.2.0.1' }] } },
		settings: { ...bridge, IPAM: { Config: [{ Subnet: '10.1.0.0/24', Gateway: '10.1.0.1' }] } },
		reasons: ['ipam: 10.1.0.0/24 via 10.1.0.1 → 10.2.0.0/24 via 10.2.0.1'],
	},
	{
		when: 'a label changed',
		after: { labels: { team: 'b' } },
		settings: bridge,
		labels: { team: 'a', 'com.docker.compose.network': 'default' },
		reasons: ['labels.team: a → b'],
	},
	{
		when: 'only the digests know',
		before: { driver_opts: { mtu: '1500' } },
		after: { driver_opts: { mtu: '1400' } },
		reasons: ['driver_opts: changed'],
	},
	{ when: 'nothing tells', settings: bridge, reasons: ['configuration hash differs'] },
];

describe('explainNetwork', () => {
	for (const { when, before, after, settings, labels = {}, reasons } of networks) {
		test(`when ${when}`, () => {
			const made = before === undefined ? {} : fieldsLabel(networkTexts(network(before)), hashNetwork(network(before)));
			const found = { id: 'x', name: 'lab_default', labels: { ...labels, ...made }, ...(settings && { settings }) };
			assert.deepEqual(explainNetwork(network(after), found), reasons);
		});
	}
});

const volume = (given: Partial<Volume> = {}): Volume => ({ name: 'lab_data', ...given });

const volumes: readonly {
	readonly when: string;
	readonly before?: Partial<Volume>;
	readonly after?: Partial<Volume>;
	readonly settings?: Settings;
	readonly reasons: readonly string[];
}[] = [
	{
		when: 'options changed, credentials among them',
		after: { driver_opts: { o: 'b', password: 'new' } },
		settings: { Driver: 'local', Options: { o: 'a', password: 'old' } },
		reasons: ['driver_opts.o: a → b'],
	},
	{
		when: 'an option was added to one without any',
		after: { driver_opts: { type: 'tmpfs' } },
		settings: { Driver: 'local', Options: null },
		reasons: ['driver_opts.type: (none) → tmpfs'],
	},
	{
		when: 'only the digests know',
		before: { driver: 'nfs' },
		reasons: ['driver: changed'],
	},
	{ when: 'nothing tells', reasons: ['configuration hash differs'] },
];

describe('explainVolume', () => {
	for (const { when, before, after, settings, reasons } of volumes) {
		test(`when ${when}`, () => {
			const made = before === undefined ? {} : fieldsLabel(volumeTexts(volume(before)), hashVolume(volume(before)));
			assert.deepEqual(
				explainVolume(volume(after), { name: 'lab_data', labels: made, ...(settings && { settings }) }),
				reasons,
			);
		});
	}
});
