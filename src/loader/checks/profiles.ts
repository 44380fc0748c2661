import { didYouMean } from '../../errors/did-you-mean.ts';
import type { Findings } from '../../errors/findings.ts';
import type { Service } from '../../model/service.ts';

/**
 * Warns of active profiles that look like a slip. A profile that no service has is no error, since one environment
 * may serve several projects.
 */
export function warnOfProfiles(
	profiles: readonly string[],
	services: ReadonlyMap<string, Service>,
	findings: Findings,
): void {
	const known = new Set([...services.values()].flatMap((service) => service.profiles ?? []));
	for (const profile of profiles) {
		const guess = profile === '*' || known.has(profile) ? undefined : didYouMean(profile, known);
		if (guess === undefined) continue;
		const message = `no service has the profile \`${profile}\``;
		findings.warning('PROFILE_UNKNOWN', message, { hint: `Did you mean \`${guess}\`?` });
	}
}
