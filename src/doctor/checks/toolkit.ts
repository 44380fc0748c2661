import type { Facts, MachineFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { knowsRuntime } from './driver.ts';
import { skipElsewhere } from './elsewhere.ts';

const check = 'toolkit';

/** Holes of NVIDIA's container toolkit, by the version that closed them, as NVIDIA's security bulletins tell. */
const holes: readonly { readonly fixedIn: string; readonly ids: readonly string[] }[] = [
	{ fixedIn: '1.16.2', ids: ['CVE-2024-0132', 'CVE-2024-0133'] },
	{ fixedIn: '1.17.0', ids: ['CVE-2024-0134'] },
	{ fixedIn: '1.17.3', ids: ['CVE-2024-0135', 'CVE-2024-0136', 'CVE-2024-0137'] },
	{ fixedIn: '1.17.4', ids: ['CVE-2025-23359'] },
	{ fixedIn: '1.17.8', ids: ['CVE-2025-23266', 'CVE-2025-23267'] },
	{ fixedIn: '1.19.1', ids: ['CVE-2026-24260'] },
];
const newestFix = '1.19.1';

export function checkToolkit({ machine, engine }: Pick<Facts, 'machine' | 'engine'>): Finding {
	if (machine === undefined) return skipElsewhere(check);
	const { toolkit } = machine;
	if (toolkit === undefined) return withoutToolkit(machine, engine);
	const name = `NVIDIA container toolkit ${toolkit}`;
	const open = holes.filter(({ fixedIn }) => isOlder(toolkit, fixedIn)).flatMap(({ ids }) => ids);
	if (open.length === 0) return { check, status: 'ok', summary: name };
	return {
		check,
		status: 'fail',
		summary: `${name} has known holes: ${open.join(', ')}`,
		meaning: 'Whoever starts an image made for it can become root on this machine.',
		fix: `Update nvidia-container-toolkit to ${newestFix} or newer, then restart the engine.`,
	};
}

function withoutToolkit({ units, specs }: MachineFacts, engine: Facts['engine']): Finding {
	if (units.length === 0 && !knowsRuntime(engine))
		return { check, status: 'ok', summary: 'not installed, and no NVIDIA GPU that would need it' };
	const knowsGpus = knowsRuntime(engine) || (engine.answers && engine.machine.devices.length > 0);
	if (knowsGpus || specs.length > 0) {
		return {
			check,
			status: 'warn',
			summary: 'neither nvidia-ctk nor nvidia-container-cli tells a version',
			meaning: 'Nobody can say whether it has known holes, through which images become root.',
			fix: `See with your package manager that nvidia-container-toolkit is ${newestFix} or newer.`,
		};
	}
	return {
		check,
		status: 'fail',
		summary: 'NVIDIA’s container toolkit is not installed',
		meaning: 'Containers get no GPU: the engine does not know how to pass one on.',
		fix: 'Install nvidia-container-toolkit, run `sudo nvidia-ctk runtime configure --runtime=docker`, restart the engine.',
	};
}

/** By their numbers; what follows a `-` or `~` is the packager's. */
function isOlder(version: string, than: string): boolean {
	const [left, right] = [numbersOf(version), numbersOf(than)];
	const at = right.findIndex((number, index) => (left[index] ?? 0) !== number);
	return at !== -1 && (left[at] ?? 0) < (right[at] ?? 0);
}

const numbersOf = (version: string): readonly number[] =>
	(version.split(/[-~+]/)[0] ?? '').split('.').map((part) => Number.parseInt(part, 10));
