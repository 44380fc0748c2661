import type { ObservedContainer } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import type { ServiceDecision } from './service-decision.ts';
import { isActive } from './stops.ts';

interface Known {
	/** All of the project's services. */
	readonly services: ReadonlyMap<string, Declared['service']>;
	readonly decisions: ReadonlyMap<string, ServiceDecision>;
	readonly containers: readonly ObservedContainer[];
	/** Services the command names: who names a job means it. */
	readonly named?: readonly string[] | undefined;
}

/**
 * Jobs that have ended well, and what came after each of them and runs: they have done what they are for. An `up` starts
 * them again all the same, as docker compose does, and can do without where they would be in the way.
 */
export function settledJobs(known: Known): ReadonlyMap<string, readonly string[]> {
	const jobs = [...known.decisions].filter(
		([name, decision]) => hasEndedWell(decision) && !known.named?.includes(name),
	);
	return new Map(
		jobs
			.map(([name]) => [name, [...runningAfter(name, known)].sort()] as const)
			.filter(([, successors]) => successors.length > 0),
	);
}

const hasEndedWell = ({ kept, created, recreated }: ServiceDecision): boolean =>
	kept.length > 0 &&
	created.length + recreated.length === 0 &&
	kept.every(({ state, exitCode }) => state === 'exited' && exitCode === 0);

/** Also through jobs between them. One that is made anew waits for the job again. */
function runningAfter(job: string, { services, decisions, containers }: Known): ReadonlySet<string> {
	const replaced = new Set(
		[...decisions.values()].flatMap(({ recreated }) => recreated.map(({ container }) => container)),
	);
	const runs = (name: string): boolean =>
		containers.some((one) => one.service === name && isActive(one) && !replaced.has(one));
	const found = new Set<string>();
	const passed = new Set([job]);
	for (const before of passed) {
		for (const name of waitersFor(before, services)) {
			const decision = decisions.get(name);
			if (runs(name)) found.add(name);
			else if (decision !== undefined && hasEndedWell(decision)) passed.add(name);
		}
	}
	return found;
}

const waitersFor = (job: string, services: Known['services']): readonly string[] =>
	[...services].flatMap(([name, { depends_on: needed = {} }]) =>
		needed[job]?.condition === 'service_completed_successfully' ? [name] : [],
	);
