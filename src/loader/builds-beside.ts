import { type Build, contextServices } from '../model/build.ts';
import type { Service } from '../model/service.ts';

/** Builds of services that are not selected themselves, but whose images the builds of selected ones take files from. */
export function buildsBeside(
	selected: ReadonlyMap<string, Service>,
	others: ReadonlyMap<string, Service>,
): readonly Build[] {
	const found = new Map<string, Build>();
	const follow = ({ build }: Pick<Service, 'build'>): void => {
		for (const name of build === undefined ? [] : contextServices(build)) {
			const other = others.get(name);
			if (other?.build === undefined || found.has(name)) continue;
			found.set(name, other.build);
			follow(other);
		}
	};
	for (const service of selected.values()) follow(service);
	return [...found.values()];
}
