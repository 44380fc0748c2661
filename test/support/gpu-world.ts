import type { Engine } from '../../src/engine/engine.ts';
import { LabcError } from '../../src/errors/labc-error.ts';
import type { Inventory } from '../../src/gpu/inventory.ts';
import { locksOn } from '../../src/lock/hold-lock.ts';
import { type GpuQueue, queueOn } from '../../src/queue/queue.ts';
import { readReservation, reservationPrefix } from '../../src/queue/reservation.ts';
import { readTicket, type Ticket, ticketName, ticketPrefix } from '../../src/queue/ticket.ts';
import { label } from '../../src/state/labels.ts';
import type { RunTools } from '../../src/use-cases/run-tools.ts';
import { containerSpec } from './container-spec.ts';
import { act, type GpuRequest, idsOf, type Part } from './gpu-actor.ts';
import { box, gpu, mib } from './gpu-cases.ts';
import type { Happening, Lacking } from './gpu-happening.ts';
import { gpuCount, isReturning, isServable, wrongsOf } from './gpu-judge.ts';
import { type Actor, hostConfigOf, newActor, processesOf, requestsOf } from './gpu-process.ts';
import type { LiveContainer } from './in-memory/world.ts';
import { createInMemoryEngine } from './in-memory-engine.ts';
import { bench, type Told } from './run-tools.ts';
import { Stepper } from './stepped.ts';
import { unlocked } from './unlocked.ts';

/** An engine with four GPUs and labc's own code at work on it, in as many processes as begin. */
export class GpuWorld {
	readonly stepper = new Stepper();
	/** What must not happen. */
	readonly wrongs: string[] = [];
	readonly counts = { begun: 0, met: 0, waited: 0, killed: 0 };
	readonly outcomes: Record<string, number> = {};
	readonly #engine = createInMemoryEngine({ images: { app: {} } });
	readonly #actors: Actor[] = [];
	/** Place of a GPU → when a process of the host took it. */
	readonly #hosts = new Map<number, number>();
	readonly #began = new Map<string, number>();
	readonly #lacking: Lacking;
	readonly #rest = bench();
	#clock = 0;
	/** How often something was to come free and there was nothing. */
	#vainEnds = 0;

	constructor(lacking: Lacking = {}) {
		this.#lacking = lacking;
	}

	async happen(happening: Happening): Promise<void> {
		this.#clock += 1;
		switch (happening.type) {
			case 'begin':
				return this.#begin(happening);
			case 'step':
				return this.stepper.step(happening.choice, happening);
			case 'kill': {
				const actor = pick(this.#atWork(), happening.choice);
				if (actor === undefined) return;
				this.counts.killed += 1;
				this.#endAs(actor, 'killed');
				return this.stepper.kill(actor.id, happening.arrives);
			}
			case 'interrupt':
				return this.#now(() => pick(this.#atWork(), happening.choice)?.interrupt.abort());
			case 'end': {
				const container = pick(this.#containers('running'), happening.choice);
				await this.#now(() => container && this.#engine.stopContainer(container.id));
				// A program that ends by itself may end well.
				if (container !== undefined && happening.choice % 3 === 0) container.exitCode = 0;
				return;
			}
			case 'return': {
				const container = pick(this.#containers('exited').filter(isReturning), happening.choice);
				return this.#now(() => container && this.#start(container.id, undefined));
			}
			case 'stranger':
				return this.#now(() => this.#stranger(happening.wants));
			case 'host':
				if (!this.#hosts.delete(happening.index)) this.#hosts.set(happening.index, this.#clock);
				return;
			case 'cancel': {
				const ticket = pick(this.#tickets(), happening.choice);
				return this.#now(() => ticket && this.#engine.removeVolume(ticketName(ticket.number)));
			}
		}
	}

	isOver(): boolean {
		return this.atWork() === 0;
	}

	/** How many processes have not come to an end. */
	atWork(): number {
		return this.#atWork().length;
	}

	/** All have looked: who could be served was. Then something comes free, until nothing is held. */
	async endNext(): Promise<void> {
		this.wrongs.push(...this.#idlers());
		if (!(await this.freeOne())) this.#vainEnds += 1;
		if (this.#vainEnds > 2) this.wrongs.push('somebody waits though all GPUs are free');
	}

	/** Who waits though he could be served with nothing that somebody before him could use. */
	#idlers(): readonly string[] {
		const tickets = this.#tickets().filter(({ owner }) => owner !== undefined && this.stepper.isAlive(owner.pid));
		const containers = this.#holders();
		const reserved = [...this.#engine.world.volumes.values()]
			.filter(({ name }) => name.startsWith(reservationPrefix))
			.flatMap((volume) => (readReservation(volume).holds ?? []).flatMap(({ ids }) => ids));
		// Who has the project is to be done first.
		const isFree = ({ project }: Ticket): boolean =>
			![...this.#engine.world.volumes.keys()].some((name) => name.startsWith(`labc-lock-${project}.`));
		return tickets.filter(isFree).flatMap((ticket) => {
			const before = tickets.filter(({ number }) => number < ticket.number);
			return isServable(ticket, before, { containers, hosts: this.#hosts, reserved })
				? [`ticket ${ticket.number} waits for nothing`]
				: [];
		});
	}

	/** One more of those that have GPUs lets them go; false where nobody has any. */
	async freeOne(): Promise<boolean> {
		this.#hosts.clear();
		const [container] = [...this.#containers('running'), ...this.#containers('exited').filter(isReturning)];
		await this.#now(() => container && this.#engine.removeContainer(container.id, { force: true, volumes: false }));
		return container !== undefined;
	}

	/** How the last one who began came to an end. */
	lastOutcome(): string | undefined {
		return this.#actors.at(-1)?.outcome;
	}

	/** Whether somebody has GPUs. */
	isIdle(): boolean {
		return [...this.#containers('running'), ...this.#containers('exited').filter(isReturning)].length === 0;
	}

	/** Volumes of processes that came to an end of their own. */
	litter(): readonly string[] {
		return [...this.#engine.world.volumes.values()]
			.filter(({ labels }) => this.stepper.isAlive(Number(labels['labc.owner.pid'])))
			.map(({ name }) => name);
	}

	#atWork(): readonly Actor[] {
		return this.#actors.filter(({ outcome }) => outcome === undefined);
	}

	#containers(state: LiveContainer['state']): readonly LiveContainer[] {
		return this.#holders().filter((container) => container.state === state);
	}

	/** All that ask for GPUs: others are waited for. */
	#holders(): readonly LiveContainer[] {
		return [...this.#engine.world.containers.values()].filter(({ spec }) => requestsOf(spec).length > 0);
	}

	#tickets(): readonly Ticket[] {
		return [...this.#engine.world.volumes.values()]
			.filter(({ name }) => name.startsWith(ticketPrefix))
			.map((volume) => readTicket(Number(volume.name.slice(ticketPrefix.length)), volume));
	}

	async #now(effect: () => unknown): Promise<void> {
		await effect();
		await this.stepper.begin(0, () => undefined);
	}

	async #stranger(wants: GpuRequest['wants']): Promise<void> {
		const asked = typeof wants === 'number' ? { count: wants } : { device_ids: wants.map(String) };
		const gpus = { requests: [{ ...asked, capabilities: ['gpu'] }] };
		const { id } = await this.#engine.createContainer(containerSpec(`stranger-${this.#clock}`, { image: 'app', gpus }));
		this.#began.set(id, this.#clock);
		await this.#engine.startContainer(id);
	}

	async #begin({ request, choice }: Extract<Happening, { readonly type: 'begin' }>): Promise<void> {
		this.counts.begun += 1;
		const id = this.#actors.length + 1;
		const actor = newActor(id);
		this.#actors.push(actor);
		const owned = this.#holders().filter(({ spec }) => label.gpuIds in spec.labels);
		const named = request.verb === 'up' ? undefined : pick(owned, choice)?.spec.labels[label.project];
		const project = named ?? `p${id}`;
		const old = () => this.#holders().find(({ spec }) => spec.labels[label.project] === project);
		const onChosen: Part['onChosen'] = (there) => {
			const held = there.filter((one) => actor.held.has(one.id));
			actor.kept = held.flatMap(({ id }) => idsOf(this.#engine.world.containers.get(id)));
			actor.before = actor.ahead;
		};
		const part = { request, project, tools: this.#toolsOf(actor), old, onChosen };
		await this.stepper.begin(id, () => {
			act(part).then(
				() => this.#endAs(actor, 'served'),
				(error) => this.#endAs(actor, error instanceof LabcError ? error.code : `BUG ${String(error)}`),
			);
		});
	}

	#endAs(actor: Actor, outcome: string): void {
		actor.outcome ??= outcome;
		this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
		if (outcome === 'GPU_UNAVAILABLE') this.#meet(actor);
		if (outcome.startsWith('BUG')) this.wrongs.push(outcome);
	}

	#meet(actor: Actor): void {
		if (!actor.hasMet) this.counts.met += 1;
		actor.hasMet = true;
	}

	#toolsOf(actor: Actor): RunTools {
		const engine = this.#engineOf(actor);
		const { signal } = actor.interrupt;
		const emit = (event: Told): void => {
			if (event.type !== 'gpu.waiting') return;
			this.counts.waited += actor.hasMet ? 0 : 1;
			this.#meet(actor);
		};
		const isAlive = (pid: number): boolean => this.#lacking.deaths === true || this.stepper.isAlive(pid);
		const processes = processesOf(actor, isAlive);
		const lock = locksOn({ engine, emit, signal, waits: true, breaksUnknown: false, processes });
		const queue = this.#queueOf(queueOn({ engine, breaksUnknown: false, processes }));
		const look = async (): Promise<Inventory> => {
			actor.looked.hosts = this.#clock;
			return this.#inventory();
		};
		return {
			...this.#rest,
			...{ engine, emit, signal, withLock: this.#lacking.lock ? unlocked : lock },
			gpus: { look, busyBytes: 500 * mib, user: async () => 'ann', queue: async () => queue },
		};
	}

	#queueOf(queue: GpuQueue): GpuQueue {
		if (!this.#lacking.queue) return queue;
		const own = async () => (await queue.list()).filter(({ standing }) => standing === 'own');
		return { ...queue, list: own, sweep: own };
	}

	/** The engine as one process has it: it notes when it was looked at, and what was started by whom. */
	#engineOf(actor: Actor): Engine {
		const noting: Engine = {
			...this.#engine,
			listContainers: (labels) => {
				if (labels.length === 0) this.#look(actor);
				return this.#engine.listContainers(labels);
			},
			listVolumes: (filter) => {
				if (ticketPrefix.startsWith(filter.namePrefix ?? '-')) actor.ahead = this.#ahead(actor);
				return this.#engine.listVolumes(filter);
			},
			inspectContainer: async (id) => ({
				...(await this.#engine.inspectContainer(id)),
				hostConfig: hostConfigOf(this.#found(id).spec),
			}),
			startContainer: (id) => this.#start(id, actor),
			stopContainer: async (id, timeoutSeconds) => {
				// A program takes its time to end.
				for (let waits = 0; waits < 2; waits += 1) await new Promise<void>((resolve) => void setTimeout(resolve, 1));
				await this.#engine.stopContainer(id, timeoutSeconds);
			},
			restartContainer: (id, timeoutSeconds) =>
				this.#start(id, actor, () => this.#engine.restartContainer(id, timeoutSeconds)),
		};
		return this.stepper.engineFor(actor.id, noting, ['departures', 'inspectContainer']);
	}

	#ahead({ id }: Actor): ReadonlySet<string> {
		const tickets = this.#tickets();
		const own = tickets.find(({ owner }) => owner?.pid === id)?.number ?? Number.POSITIVE_INFINITY;
		return new Set(tickets.filter(({ number }) => number < own).map(({ owner }) => owner?.token ?? ''));
	}

	#look(actor: Actor): void {
		actor.looked.containers = this.#clock;
		const holding = [...this.#containers('running'), ...this.#containers('exited').filter(isReturning)];
		actor.held = new Set(holding.map(({ id }) => id));
	}

	#found(id: string): LiveContainer {
		const container = this.#engine.world.containers.get(id);
		if (container === undefined) throw new LabcError('ENGINE_NOT_FOUND', `no container ${id}`);
		return container;
	}

	#inventory(): Inventory {
		const used = { processes: [{ pid: 7, program: 'x', memory: 600 * mib }] };
		return box(Array.from({ length: gpuCount }, (_, index) => gpu(index, this.#hosts.has(index) ? used : {})));
	}

	/** By labc's process `actor`, or by the engine itself. */
	async #start(id: string, actor: Actor | undefined, start = () => this.#engine.startContainer(id)): Promise<void> {
		const container = this.#found(id);
		const tickets = this.#tickets().filter(({ owner }) => owner !== undefined && this.stepper.isAlive(owner.pid));
		const containers = this.#holders();
		const moment = { containers, began: this.#began, hosts: this.#hosts, tickets };
		const starter = actor?.held.has(id) ? { ...actor, kept: idsOf(container) } : actor;
		for (const wrong of wrongsOf(container, moment, starter)) this.wrongs.push(`${this.#clock}: ${wrong}`);
		// A program's health is its own, whoever started it.
		await this.stepper.ofNobody(start);
	}
}

const pick = <T>(items: readonly T[], choice: number): T | undefined => items[choice % Math.max(1, items.length)];
