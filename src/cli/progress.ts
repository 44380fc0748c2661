import { maskValues } from '../errors/mask.ts';
import type { Emit, LabcEvent } from '../events/event.ts';
import type { Renderer } from '../render/renderer.ts';
import type { NextSteps } from './command.ts';

/** What takes the events of a run and shows them. */
export interface Progress {
	readonly emit: Emit;
	/** From now on no event tells any of these. */
	hide(secrets: ReadonlySet<string>): void;
	readonly secrets: ReadonlySet<string>;
	/** From now on hints are told as this gives them. */
	address(hints: NextSteps['addressed']): void;
	/** Resolves when what was shown is complete and other output may follow. */
	flush(): Promise<void>;
}

/** One renderer from the first event until it is flushed; the next event starts another. */
export function createProgress(createRenderer: () => Renderer, now: () => number): Progress {
	let renderer: Renderer | undefined;
	const secrets = new Set<string>();
	let addressed: NextSteps['addressed'] = (hint) => hint;
	return {
		secrets,
		hide(values) {
			for (const value of values) secrets.add(value);
		},
		address(hints) {
			addressed = hints;
		},
		emit(event) {
			renderer ??= createRenderer();
			renderer.on({ ...masked(withAddress(event, addressed), secrets), at: now() } as LabcEvent);
		},
		async flush() {
			const ending = renderer;
			renderer = undefined;
			await ending?.close();
		},
	};
}

const withAddress = (event: Parameters<Emit>[0], addressed: NextSteps['addressed']): Parameters<Emit>[0] =>
	event.type === 'warning' && event.hint !== undefined ? { ...event, hint: addressed(event.hint) } : event;

/** What engines and builders say stands in these members of events. */
function masked(event: object, secrets: ReadonlySet<string>): object {
	if (secrets.size === 0) return event;
	const told = Object.entries(event).map(([key, value]) => {
		const isSaid = typeof value === 'string' && (key === 'message' || key === 'text' || key === 'hint');
		return [key, isSaid ? maskValues(value, secrets) : value] as const;
	});
	return Object.fromEntries(told);
}
