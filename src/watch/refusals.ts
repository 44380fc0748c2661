/** Paths that a container refused for the same cause. */
export interface Refused {
	readonly targets: readonly string[];
	/** The engine's words for one of them. */
	readonly reason: string;
}

export interface Refusals {
	add(refused: Refused): void;
	/** Tells what was refused for causes that were not told yet. */
	tellNew(): void;
	/** Tells the rest, too. */
	tellAll(): void;
}

/**
 * Gathers what a container refuses, so that a full disk gets one line and not one for each file. A path is told once
 * for each cause. */
export function newRefusals(tell: (refused: Refused) => void): Refusals {
	const told = new Set<string>();
	const toldCauses = new Set<string>();
	let waiting = new Map<string, { readonly targets: Set<string>; readonly reason: string }>();
	const tellWhere = (isDue: (cause: string) => boolean): void => {
		const kept: typeof waiting = new Map();
		for (const [cause, refused] of waiting) {
			if (!isDue(cause)) {
				kept.set(cause, refused);
				continue;
			}
			toldCauses.add(cause);
			tell({ ...refused, targets: [...refused.targets] });
		}
		waiting = kept;
	};
	return {
		add({ targets, reason }) {
			const cause = causeOf(reason);
			for (const target of targets) {
				const key = `${cause}\n${target}`;
				if (told.has(key)) continue;
				told.add(key);
				const refused = waiting.get(cause) ?? { targets: new Set(), reason };
				waiting.set(cause, refused);
				refused.targets.add(target);
			}
		},
		tellNew: () => tellWhere((cause) => !toldCauses.has(cause)),
		tellAll: () => tellWhere(() => true),
	};
}

/** The system's own words come last; those before them name what was copied. */
const causeOf = (reason: string): string => reason.split(': ').at(-1) ?? reason;
