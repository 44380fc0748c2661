import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { skipElsewhere, skipUnanswered } from './elsewhere.ts';

const check = 'cgroup';

/**
 * With systemd as the driver a `systemctl daemon-reload` sets the device rules of running containers anew from what
 * systemd knows. GPUs that nvidia's hook put in are among that only where links below `/dev/char` name them.
 */
export function checkCgroup({ engine, machine }: Pick<Facts, 'engine' | 'machine'>): Finding {
	if (!engine.answers) return skipUnanswered(check);
	const { cgroupDriver, cgroupVersion } = engine.machine;
	const summary = `driver ${cgroupDriver || 'unknown'}, control groups v${cgroupVersion || '1'}`;
	if (cgroupDriver !== 'systemd') return { check, status: 'ok', summary };
	if (machine === undefined) return skipElsewhere(check);
	if (machine.units.length === 0) return { check, status: 'ok', summary };
	if (machine.unlinkedNodes.length === 0) {
		return { check, status: 'ok', summary: `${summary}, and /dev/char names every GPU` };
	}
	return {
		check,
		status: 'warn',
		summary: `${summary}, and /dev/char does not name ${machine.unlinkedNodes.join(', ')}`,
		meaning:
			'A `systemctl daemon-reload`, which package updates do, takes GPUs from running containers: `Failed to initialize NVML: Unknown Error`.',
		fix: 'Run `sudo nvidia-ctk system create-dev-char-symlinks --create-all` at every start, or ask for GPUs by CDI name.',
	};
}
