import type { Liveness } from '../../src/lock/judge-owner.ts';
import type { afterCreate, afterSurvey } from '../../src/lock/protocol.ts';
import { afterPause, firstMove, type Move, type SeenLock } from '../../src/lock/protocol.ts';

/** What may happen next in a world of processes that want one lock. */
export type Happening =
	/** The process makes its next engine call, or makes up its mind about the answer to the last one. */
	| { readonly type: 'step'; readonly process: number }
	/** The process dies where it is; a call that is on its way may still arrive. Another takes its place. */
	| { readonly type: 'die'; readonly process: number }
	/** A call of a dead process arrives. */
	| { readonly type: 'late'; readonly call: number }
	/** Somebody removes a volume of the lock, dead or alive. */
	| { readonly type: 'prune'; readonly volume: number }
	/** The labels of all volumes can be read now. */
	| { readonly type: 'settle' };

export interface Protocol {
	readonly afterCreate: typeof afterCreate;
	readonly afterSurvey: typeof afterSurvey;
}

/**
 * With it nobody can judge anybody, all were given `--break-lock`, and a dead one's lock is there: `leftovers` are what
 * they break, or `anything`.
 */
export type Breaking = 'leftovers' | 'anything';

/** Of the owner whose lock is there before all. */
const leftover = 0;

interface Volume {
	readonly token: number;
	isReadable: boolean;
}

interface Process {
	token: number;
	/** The engine call to make next, or the decision to take on its answer. */
	next: Next;
	/** Number of the volume under which it thinks that it holds the lock. */
	holds: number | undefined;
	served: number;
	wasBlocked: boolean;
	/** Identities of the locks that it breaks. */
	broken: ReadonlySet<string>;
}

type Next =
	| { readonly do: 'look' }
	| { readonly do: 'move'; readonly move: Move }
	| { readonly do: 'judge created'; readonly number: number; readonly found: Volume }
	| { readonly do: 'judge listed'; readonly own: number | undefined; readonly listed: ReadonlyMap<number, Volume> }
	| { readonly do: 'sweep'; readonly own: number; readonly dead: readonly number[] }
	| { readonly do: 'release'; readonly own: number }
	| { readonly do: 'remove own'; readonly numbers: readonly number[] };

/** An engine that makes a volume of one name once, and processes that follow the protocol on it. */
export class LockWorld {
	readonly #protocol: Protocol;
	readonly #volumes = new Map<number, Volume>();
	readonly #alive = new Set<number>();
	readonly #processes: Process[];
	readonly #late: number[] = [];
	readonly #breaking: Breaking | undefined;
	#tokens = 0;

	constructor(processes: number, protocol: Protocol, breaking?: Breaking) {
		this.#protocol = protocol;
		this.#breaking = breaking;
		if (breaking !== undefined) this.#volumes.set(1, { token: leftover, isReadable: true });
		this.#processes = Array.from({ length: processes }, () => this.#newProcess());
	}

	/** Those who think that they hold the lock. */
	believers(): number {
		return this.#processes.filter(({ holds }) => holds !== undefined).length;
	}

	/** Those who would find their lock in place, were they to look. */
	holders(): number {
		return this.#processes.filter(
			({ holds, token }) => holds !== undefined && this.#volumes.get(holds)?.token === token,
		).length;
	}

	/** How many were in somebody's way. */
	meetings(): number {
		return this.#processes.filter(({ wasBlocked }) => wasBlocked).length;
	}

	leastServed(): number {
		return Math.min(...this.#processes.map(({ served }) => served));
	}

	mostServed(): number {
		return Math.max(...this.#processes.map(({ served }) => served));
	}

	happen(happening: Happening): void {
		switch (happening.type) {
			case 'step':
				this.#step(this.#at(happening.process));
				break;
			case 'die':
				this.#die(happening.process % this.#processes.length);
				break;
			case 'late': {
				const [number] = this.#late.splice(happening.call % Math.max(1, this.#late.length), 1);
				if (number !== undefined) this.#volumes.delete(number);
				return;
			}
			case 'prune': {
				const numbers = [...this.#volumes.keys()];
				this.#volumes.delete(numbers[happening.volume % Math.max(1, numbers.length)] ?? 0);
				return;
			}
			case 'settle':
				for (const volume of this.#volumes.values()) volume.isReadable = true;
		}
	}

	#at(index: number): Process {
		const process = this.#processes[index % this.#processes.length];
		if (process === undefined) throw new Error('a world has processes');
		return process;
	}

	#newProcess(): Process {
		this.#tokens += 1;
		this.#alive.add(this.#tokens);
		const next: Next = this.#breaking === undefined ? { do: 'move', move: firstMove } : { do: 'look' };
		return { token: this.#tokens, next, holds: undefined, served: 0, wasBlocked: false, broken: new Set() };
	}

	#die(index: number): void {
		const { token, next } = this.#at(index);
		this.#alive.delete(token);
		this.#late.push(...removalsOf(next));
		this.#processes[index] = this.#newProcess();
	}

	#step(process: Process): void {
		const { next } = process;
		switch (next.do) {
			case 'look': {
				const found = [...this.#volumes].filter(([, { token, isReadable }]) => !isReadable || token === leftover);
				process.broken = new Set(found.map(([number, volume]) => identity(number, volume)));
				process.next = { do: 'move', move: firstMove };
				return;
			}
			case 'move':
				this.#move(process, next.move);
				break;
			case 'judge created':
				// An engine answers when what it has made has its labels.
				if (this.#breaking !== undefined && next.found.token === process.token) next.found.isReadable = true;
				this.#decide(process, this.#protocol.afterCreate(this.#see(process, next.number, next.found)));
				break;
			case 'judge listed': {
				const locks = [...next.listed].map(([number, volume]) => this.#see(process, number, volume));
				this.#decide(process, this.#protocol.afterSurvey(next.own, locks));
				break;
			}
			case 'sweep': {
				const [first, ...rest] = next.dead;
				if (first !== undefined) this.#volumes.delete(first);
				process.next = first === undefined ? { do: 'release', own: next.own } : { ...next, dead: rest };
				return;
			}
			case 'release': {
				const own = [...this.#volumes].filter(([, { token }]) => token === process.token);
				process.holds = undefined;
				process.served += 1;
				process.next = { do: 'remove own', numbers: own.map(([number]) => number) };
				return;
			}
			case 'remove own': {
				for (const number of next.numbers) this.#volumes.delete(number);
				this.#alive.delete(process.token);
				Object.assign(process, { ...this.#newProcess(), served: process.served, wasBlocked: process.wasBlocked });
			}
		}
	}

	#move(process: Process, move: Move): void {
		switch (move.do) {
			case 'create': {
				const found = this.#volumes.get(move.number) ?? { token: process.token, isReadable: false };
				this.#volumes.set(move.number, found);
				process.next = { do: 'judge created', number: move.number, found };
				return;
			}
			case 'survey':
				process.next = { do: 'judge listed', own: move.own, listed: new Map(this.#volumes) };
				return;
			case 'withdraw':
				this.#volumes.delete(move.own);
				this.#decide(process, afterPause());
				break;
			case 'pause':
				process.wasBlocked = true;
				this.#decide(process, afterPause());
				break;
			case 'hold':
				process.next = { do: 'sweep', own: move.own, dead: move.dead };
		}
	}

	#decide(process: Process, move: Move): void {
		process.next = { do: 'move', move };
		if (move.do === 'hold') process.holds = move.own;
		if (move.do === 'withdraw') process.wasBlocked = true;
	}

	/** The maker of a volume is told its labels at once; a list may lack them for a while. */
	#see({ token, broken }: Process, number: number, volume: Volume): SeenLock {
		if (volume.token === token) return { number, verdict: 'own' };
		if (this.#breaking !== undefined) {
			const isBroken = this.#breaking === 'anything' || broken.has(identity(number, volume));
			return { number, verdict: isBroken ? 'dead' : 'unknown' };
		}
		return { number, verdict: volume.isReadable ? this.#liveness(volume) : 'unknown' };
	}

	#liveness({ token }: Volume): Liveness {
		return this.#alive.has(token) ? 'alive' : 'dead';
	}
}

/** As `lockIdentity` tells it. */
const identity = (number: number, { token, isReadable }: Volume): string =>
	isReadable ? `token ${token}` : `volume ${number}`;

/** The removals a dying process may have sent already. */
function removalsOf(next: Next): readonly number[] {
	if (next.do === 'sweep') return next.dead.slice(0, 1);
	if (next.do === 'remove own') return next.numbers;
	return next.do === 'move' && next.move.do === 'withdraw' ? [next.move.own] : [];
}
