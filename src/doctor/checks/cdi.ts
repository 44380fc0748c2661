import { resolveUnits } from '../../gpu/inventory.ts';
import { counted } from '../counted.ts';
import type { EngineFacts, Facts, MachineFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { skipUnanswered } from './elsewhere.ts';

const check = 'CDI';
const firstWithCdi = 25;
const generate = 'sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml';

export function checkCdi({ engine, machine }: Pick<Facts, 'engine' | 'machine'>): Finding {
	if (!engine.answers) return skipUnanswered(check);
	const told = gpuNames(engine.machine.devices);
	if (machine === undefined && told.length === 0 && engine.machine.runtimes.includes('nvidia')) return untoldAfar;
	if (Number.parseInt(engine.version.version, 10) < firstWithCdi) {
		return { check, status: 'skip', summary: `Docker ${engine.version.version} knows no CDI` };
	}
	const broken = machine?.specs.filter(({ names }) => names === undefined) ?? [];
	if (broken.length > 0) {
		return {
			check,
			status: 'warn',
			summary: `no CDI spec, or one that can’t be read: ${broken.map(({ file }) => file).join(', ')}`,
			meaning: 'The devices it names can’t be asked for.',
			fix: `Write it anew: \`${generate}\`.`,
		};
	}
	const written = gpuNames(machine?.specs.flatMap(({ names }) => names ?? []) ?? []);
	if (told.length === 0 && written.length === 0) return withoutNames(machine);
	if (told.length === 0 && tellsDevices(engine)) {
		return {
			check,
			status: 'warn',
			summary: `specs name ${counted(written.length, 'device')}, and the engine reads none of them`,
			meaning: 'What is asked for by a CDI name fails with `unresolvable CDI devices`.',
			fix: 'Put `"features": {"cdi": true}` into /etc/docker/daemon.json and restart the engine.',
		};
	}
	return namesBesideGpus(told.length > 0 ? told : written, machine);
}

const untoldAfar: Finding = {
	check,
	status: 'warn',
	summary: 'the engine knows nvidia’s runtime and does not tell which GPUs there are',
	meaning: 'From here labc can neither choose GPUs nor wait for them: `count: 1` is GPU 0, whoever has it.',
	fix: 'Run labc on the engine’s own machine, or have Docker 28.2 or newer there, with CDI specs.',
};

const gpuNames = (names: readonly string[]): readonly string[] => names.filter((name) => /\.com\/gpu=/.test(name));

/** Engines before 28.2 use CDI names and don't tell them. */
function tellsDevices({ version: { version } }: EngineFacts): boolean {
	const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
	return major > 28 || (major === 28 && minor >= 2);
}

function withoutNames(machine: MachineFacts | undefined): Finding {
	if (machine === undefined) return { check, status: 'ok', summary: 'the engine tells of no CDI device' };
	if (machine.units.length === 0) {
		return { check, status: 'ok', summary: 'no CDI device, and no GPU that one could stand for' };
	}
	return {
		check,
		status: 'warn',
		summary: 'no CDI spec names this machine’s GPUs',
		meaning: '`devices: [nvidia.com/gpu=0]` and `driver: cdi` fail, and GPUs can be lost after a daemon-reload.',
		fix: `Write one: \`${generate}\`.`,
	};
}

/** Specs are written once and grow old: cards come and go, slices are cut anew. */
function namesBesideGpus(names: readonly string[], machine: MachineFacts | undefined): Finding {
	const summary = `${counted(names.length, 'CDI name')} for GPUs`;
	const units = machine?.units ?? [];
	if (units.length === 0) return { check, status: 'ok', summary };
	const unknown = names.filter(
		(name) => name.startsWith('nvidia.com/') && resolveUnits(name, 'nvidia', units).length === 0,
	);
	const unnamed = units.filter(({ cdiNames }) => !cdiNames.some((name) => names.includes(name)));
	if (unknown.length === 0 && unnamed.length === 0) return { check, status: 'ok', summary };
	const parts = [
		...(unknown.length > 0 ? [`${unknown.join(', ')} is no GPU of this machine`] : []),
		...(unnamed.length > 0 ? [`GPU ${unnamed.map(({ index }) => index).join(', ')} has no name`] : []),
	];
	return {
		check,
		status: 'warn',
		summary: `CDI specs are out of date: ${parts.join('; ')}`,
		meaning: 'Asking for such a name fails or gives another GPU than the one that is meant.',
		fix: `Write them anew: \`${generate}\`.`,
	};
}
