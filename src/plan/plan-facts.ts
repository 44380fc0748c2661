import { createHash } from 'node:crypto';
import { readText } from '../engine/unread.ts';
import type { VolumeSummary } from '../engine/volume-api.ts';
import type { Project } from '../model/project.ts';
import { imageReference } from '../state/names.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { hashNetwork, hashService, hashVolume } from './config-hash.ts';
import { usedContents } from './content-digests.ts';
import { selectServices } from './select-services.ts';
import type { UpOptions } from './up-options.ts';

/** What a plan rests on, by name, in few words: equal facts and options give an equal plan. */
export type PlanFacts = Readonly<Record<string, string>>;

/** Whatever the plan of the selected services was made from. No value of the file stands in it, only hashes. */
export function planFacts(project: Project, state: ObservedState, options: UpOptions): PlanFacts {
	const selected = selectServices(project, options);
	return Object.fromEntries([
		...[...selected].map(([name, service]) => [`service ${name}`, short(hashService(service))] as const),
		...[...project.networks].map(
			([key, network]) => [`network ${key} of the file`, short(hashNetwork(network))] as const,
		),
		...[...project.volumes].map(([key, volume]) => [`volume ${key} of the file`, short(hashVolume(volume))] as const),
		...[...selected].map(([name, service]) => {
			const image = imageReference(project, name, service);
			return [`image ${image}`, state.images.get(image)?.id ?? absent] as const;
		}),
		...state.containers.map((one) => [`container ${one.name}`, `${one.id.slice(0, 12)} ${one.state}`] as const),
		...[...state.networks.values()].flat().map(({ name, id }) => [`network ${name}`, id.slice(0, 12)] as const),
		...[...state.volumes.values()].map((volume) => [`volume ${volume.name}`, volumeFact(volume)] as const),
		...[...selected.values()].flatMap(usedContents).flatMap((name) => {
			const digest = state.contents?.digests.get(name);
			return digest === undefined ? [] : [[name, `${state.contents?.key}:${digest}`] as const];
		}),
	]);
}

const digits = 16;
const short = (hash: string): string => hash.slice(0, digits);
const absent = '(not there)';

/** A volume has no id: one that was made again under the same name differs in its time, or in what it was made with. */
function volumeFact({ labels, settings = {} }: VolumeSummary): string {
	const { CreatedAt: created, Driver: driver, Options: options } = settings;
	const made = createHash('sha256').update(JSON.stringify([created, driver, options, Object.entries(labels).sort()]));
	return `${made.digest('hex').slice(0, digits)} made ${readText(created) ?? 'at an unknown time'}`;
}

/** What is another one now, in words. Contents that could not be digested at one of the two times say nothing. */
export function movedFacts(before: PlanFacts, now: PlanFacts): readonly string[] {
	const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
	return names.flatMap((name) => {
		const [then, today] = [before[name], now[name]];
		if (then === today) return [];
		if (/^(secret|config) /.test(name))
			return then === undefined || today === undefined ? [] : [`${name}: content changed`];
		if (/^service |of the file$/.test(name)) return [`${name}: declared otherwise`];
		return [`${name}: ${then ?? absent} → ${today ?? absent}`];
	});
}
