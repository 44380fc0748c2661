import { counted } from '../counted.ts';
import type { DriverFacts, Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { skipElsewhere } from './elsewhere.ts';

const check = 'driver';

export function checkDriver({ machine }: Pick<Facts, 'machine'>): Finding {
	if (machine === undefined) return skipElsewhere(check);
	const { tool } = machine.driver;
	if (tool === 'absent') return withoutTool(machine.driver);
	const { cards } = machine.driver;
	if ('failure' in tool) return failing(tool.failure, cards);
	if (cards <= tool.gpus) {
		return { check, status: 'ok', summary: `NVIDIA driver ${tool.version} with ${counted(tool.gpus, 'GPU')}` };
	}
	return {
		check,
		status: 'warn',
		summary: `NVIDIA driver ${tool.version} tells of ${tool.gpus} of ${counted(cards, 'card')}`,
		meaning: 'A card that the driver lost is given to nobody, and jobs on it hang.',
		fix: 'Look for `Xid` in `sudo dmesg`, then reset the card with `sudo nvidia-smi -r` or restart the machine.',
	};
}

/** What nvidia-smi says where the driver works and has nothing to drive. */
const foundNone = 'No devices were found';

function withoutTool({ cards, hasKfd, moduleVersion }: DriverFacts): Finding {
	if (cards === 0 && moduleVersion === undefined) {
		const summary = hasKfd ? 'AMD driver (/dev/kfd); no NVIDIA GPU on this machine' : 'no GPU on this machine';
		return { check, status: 'ok', summary };
	}
	const found = moduleVersion === undefined ? 'no driver answers' : `driver ${moduleVersion} is loaded`;
	return {
		check,
		status: 'fail',
		summary: `${counted(cards, 'NVIDIA card')}, ${found}, and there is no nvidia-smi`,
		meaning: 'labc can’t tell which GPUs are free, and containers most likely get none.',
		fix: 'Install NVIDIA’s driver with its tools, for example the package nvidia-driver, and restart the machine.',
	};
}

function failing(failure: string, cards: number): Finding {
	if (cards === 0 && failure === foundNone) {
		return { check, status: 'ok', summary: 'no GPU on this machine, though NVIDIA’s driver is installed' };
	}
	const isMismatch = /version mismatch/i.test(failure);
	return {
		check,
		status: 'fail',
		summary: `nvidia-smi fails: ${failure}`,
		meaning: isMismatch
			? 'The driver was updated while the old one was in use: no new program gets a GPU.'
			: 'No container gets an NVIDIA GPU.',
		fix: isMismatch
			? 'Restart the machine, or end all that uses GPUs and load the module anew.'
			: 'Load the driver with `sudo modprobe nvidia`; where that fails, look at `sudo dmesg` and install it again.',
	};
}
