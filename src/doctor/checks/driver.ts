import { counted } from '../counted.ts';
import type { DriverFacts, Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { skipElsewhere } from './elsewhere.ts';

const check = 'driver';

export function checkDriver({ machine, engine }: Pick<Facts, 'machine' | 'engine'>): Finding {
	if (machine === undefined) return skipElsewhere(check);
	const { tool } = machine.driver;
	if (tool === 'absent') return withoutTool(machine.driver, knowsRuntime(engine));
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

export const knowsRuntime = (engine: Facts['engine']): boolean =>
	engine.answers && engine.machine.runtimes.includes('nvidia');

function withoutTool({ cards, hasKfd, moduleVersion }: DriverFacts, hasRuntime: boolean): Finding {
	if (cards === 0 && moduleVersion === undefined) {
		if (hasRuntime) return hidden;
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

/** As in a container, and where the tool is in no folder of PATH. */
const hidden: Finding = {
	check,
	status: 'warn',
	summary: 'the engine knows nvidia’s runtime, and here is no nvidia-smi',
	meaning: 'labc can’t tell which GPUs there are and who has them, and chooses none unless CDI names them.',
	fix: 'Put nvidia-smi into PATH (with WSL it is in /usr/lib/wsl/lib), or run `sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml`.',
};

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
