import { setImmediate as nextTurn } from 'node:timers/promises';

/** Something that may happen next: a call that reaches the engine, its answer that reaches the caller, or a timer. */
interface Pending {
	readonly process: number;
	readonly kind: 'call' | 'answer' | 'timer';
	readonly run: () => void;
}

/**
 * Real code of several processes, one step at a time in an order that a test chooses: no call of theirs reaches the
 * engine, no answer comes back and no timer fires before it is said so.
 */
export class Stepper {
	readonly #dead = new Set<number>();
	#pending: Pending[] = [];
	#current = 0;

	isAlive(process: number): boolean {
		return !this.#dead.has(process);
	}

	/** Lets `run` begin as code of that process. */
	async begin(process: number, run: () => void): Promise<void> {
		this.#current = process;
		run();
		await nextTurn();
	}

	/** The methods of `engine`, as one process has them. Those named in `direct` are no calls. */
	engineFor<T extends object>(process: number, engine: T, direct: readonly string[]): T {
		const stepped = Object.entries(engine).map(([name, method]: [string, unknown]) => [
			name,
			typeof method !== 'function' || direct.includes(name)
				? method
				: (...given: readonly unknown[]) => this.#call(process, async () => Reflect.apply(method, engine, given)),
		]);
		return Object.fromEntries(stepped);
	}

	#call<T>(process: number, effect: () => Promise<T>): Promise<T> {
		const { promise, resolve, reject } = Promise.withResolvers<T>();
		const call = (): void => {
			const outcome = effect();
			outcome.catch(() => undefined);
			this.#push({ process, kind: 'answer', run: () => void outcome.then(resolve, reject) });
		};
		this.#push({ process, kind: 'call', run: call });
		return promise;
	}

	#push(pending: Pending): void {
		if (this.isAlive(pending.process)) this.#pending.push(pending);
	}

	/** Whether anything but a timer can happen. */
	canStep(): boolean {
		return this.#pending.some(({ kind }) => kind !== 'timer');
	}

	/** The next thing happens to one of the processes for which something can. */
	async step(choice: number, { timers }: { readonly timers: boolean }): Promise<void> {
		const open = this.#pending.filter(({ kind }) => timers || kind !== 'timer');
		const next = open[choice % Math.max(1, open.length)];
		if (next === undefined) return;
		this.#pending = this.#pending.filter((one) => one !== next);
		this.#current = next.process;
		next.run();
		await nextTurn();
	}

	/** The process is killed. What it has asked of the engine arrives, or does not; nothing of it ever goes on. */
	async kill(process: number, arrives: boolean): Promise<void> {
		const calls = this.#pending.filter((one) => one.process === process && one.kind === 'call');
		this.#dead.add(process);
		this.#pending = this.#pending.filter((one) => one.process !== process);
		if (arrives) for (const { run } of calls) run();
		await nextTurn();
	}

	/** Timers that `run` sets at once are of no process: they outlive all. */
	ofNobody<T>(run: () => T): T {
		const before = this.#current;
		this.#current = 0;
		try {
			return run();
		} finally {
			this.#current = before;
		}
	}

	/** A timer of the process that is at work. */
	addTimer(run: () => void): () => void {
		const pending: Pending = { process: this.#current, kind: 'timer', run };
		this.#push(pending);
		return () => {
			this.#pending = this.#pending.filter((one) => one !== pending);
		};
	}
}

/** The program's own timers, which fire when the stepper in use says so, in any order. */
export const Timers = {
	useOf(stepper: Stepper): void {
		used = stepper;
	},
	take(): void {
		Object.assign(globalThis, {
			setTimeout: (run: () => void) => used.addTimer(run),
			clearTimeout: (cancel: (() => void) | undefined) => cancel?.(),
		});
	},
	restore(): void {
		Object.assign(globalThis, real);
	},
};

let used: Stepper;
const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
