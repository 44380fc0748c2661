import type { ContainerDetails } from '../engine/container-api.ts';
import { readNumber, readRecords } from '../engine/unread.ts';
import type { BlkioRate } from '../model/blkio.ts';
import { parseByteSize } from '../model/byte-size.ts';
import type { Service } from '../model/service.ts';
import { list, sizeText } from './comparison.ts';

/** Limits by device: the file's name and the engine's. */
const rates = [
	['device_read_bps', 'BlkioDeviceReadBps'],
	['device_read_iops', 'BlkioDeviceReadIOps'],
	['device_write_bps', 'BlkioDeviceWriteBps'],
	['device_write_iops', 'BlkioDeviceWriteIOps'],
] as const;

/** Limits of disk traffic: `weight 300, device_read_bps /dev/sda 1m`. */
export function declaredDisk({ blkio_config: blkio = {} }: Service): string | undefined {
	const weights = (blkio.weight_device ?? []).map(({ Path, Weight }) => `weight_device ${Path} ${Weight ?? 0}`);
	const byDevice = rates.flatMap(([name]) =>
		(blkio[name] ?? []).map(({ Path, Rate }: BlkioRate) => `${name} ${Path} ${sizeText(parseByteSize(Rate ?? '0'))}`),
	);
	return list([...(blkio.weight ? [`weight ${blkio.weight}`] : []), ...weights, ...byDevice]);
}

export function observedDisk({ hostConfig }: ContainerDetails): string | undefined {
	const weight = readNumber(hostConfig['BlkioWeight']);
	const weights = readRecords(hostConfig['BlkioWeightDevice']).map(
		({ Path, Weight }) => `weight_device ${Path} ${Weight}`,
	);
	const byDevice = rates.flatMap(([name, key]) =>
		readRecords(hostConfig[key]).map(({ Path, Rate }) => `${name} ${Path} ${sizeText(BigInt(Number(Rate)))}`),
	);
	return list([...(weight === undefined ? [] : [`weight ${weight}`]), ...weights, ...byDevice]);
}
