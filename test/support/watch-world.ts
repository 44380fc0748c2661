import { LabcError } from '../../src/errors/labc-error.ts';
import { decide, decideAtStart, targetOf } from '../../src/watch/decide.ts';
import { compileRule, type Rule } from '../../src/watch/rules.ts';
import { type ServiceSync, syncService } from '../../src/watch/service-sync.ts';
import type { TransferEngine } from '../../src/watch/transfer.ts';
import { type Hint, Tree, type TreeNews } from '../../src/watch/tree.ts';
import { type ContainerFiles, containerFiles, filesEngine, remove } from './container-files.ts';
import { describe, MemoryHost } from './memory-host.ts';

/** Something that waits until the world lets it go on; told why it fails where it is to fail. */
interface Gate {
	open(failure?: LabcError): void;
}

interface Container extends ContainerFiles {
	isUp: boolean;
}

export interface WorldOptions {
	/** Everything is copied when watching begins. */
	readonly isInitial: boolean;
	/** What the image has at the target. */
	readonly image: Readonly<Record<string, string>>;
	readonly ignore: readonly string[];
}

/**
 * A host, its watched tree and containers, in which nothing happens by itself: what the system tells, calls of the engine
 * before and after they take effect, and what containers tell wait until they are let go on, in any order.
 */
export class WatchWorld {
	readonly host = new MemoryHost('/p');
	readonly containers = new Map<string, Container>();
	readonly gates: Gate[] = [];
	readonly #options: WorldOptions;
	readonly #rule: Rule;
	readonly #tree: Tree;
	readonly #sync: ServiceSync;
	readonly #hints = new Map<string, Hint>();
	/** What containers have told and nobody has heard yet. */
	readonly #told: (() => void)[] = [];
	/** Where something was copied or deleted. */
	readonly #own = new Set<string>();
	#made = 0;

	constructor(options: WorldOptions) {
		this.#options = options;
		const { ignore, isInitial } = options;
		const initial = isInitial ? { initial_sync: true as const } : {};
		const declared = { path: '/p', action: 'sync' as const, target: '/app', ignore, ...initial };
		this.#rule = compileRule({ service: 'app', index: 0, declared, ignoreFile: undefined });
		this.#tree = new Tree({
			roots: ['/p'],
			ignoresTree: (folder) => this.#rule.ignoresTree(folder),
			files: this.host.files,
			onHint: (hint) => this.#hint(hint),
			onUnwatched: () => undefined,
			now: this.host.now,
			breathe: () => undefined,
		});
		this.#sync = syncService({
			engine: this.#gated(filesEngine(this.containers)),
			files: this.host.files,
			onProblem: () => undefined,
			onRepair: () => undefined,
			now: () => 0,
			pause: () => this.#wait().catch(() => undefined),
		});
	}

	async open(): Promise<void> {
		await this.#tree.open();
		if (this.#options.isInitial) this.#note(decideAtStart(this.#tree.paths(), [this.#rule]).get('app') ?? new Map());
		this.make();
		this.make();
		this.hear(2);
	}

	/** Looks where the system has told to look. */
	settle(): void {
		const hints = [...this.#hints.values()];
		this.#hints.clear();
		this.#take(this.#tree.settle(hints));
	}

	async rescan(): Promise<void> {
		this.#take(await this.#tree.rescan());
	}

	/** A container is made from the image. */
	make(): void {
		this.#made += 1;
		const id = `c${this.#made}`;
		const files = containerFiles(() => this.host.seconds());
		for (const [target, content] of Object.entries(this.#options.image)) {
			files.nodes.set('/app', { kind: 'directory', mode: 0o755 });
			files.nodes.set(target, { kind: 'file', mode: 0o644, content, modified: 0, changed: 0 });
		}
		this.containers.set(id, { ...files, isUp: true });
		this.#told.push(() => this.#sync.up({ id, name: id }));
	}

	stop(id: string): void {
		const container = this.containers.get(id);
		if (container?.isUp !== true) return;
		container.isUp = false;
		this.#told.push(() => this.#sync.down(id));
	}

	/** What is not kept over a restart is gone. */
	start(id: string, isLost: (target: string) => boolean): void {
		const container = this.containers.get(id);
		if (container === undefined || container.isUp) return;
		for (const target of [...container.nodes.keys()]) {
			if (target.startsWith('/app/') && isLost(target)) remove(container.nodes, target);
		}
		container.isUp = true;
		this.#told.push(() => this.#sync.up({ id, name: id }));
	}

	destroy(id: string): void {
		if (!this.containers.delete(id)) return;
		this.#told.push(() => {
			this.#sync.down(id);
			this.#sync.gone(id);
		});
	}

	/** What containers have told is heard. */
	hear(count: number): void {
		for (const tell of this.#told.splice(0, count)) tell();
	}

	/** Lets everything go on until nothing more happens. */
	async rest(): Promise<void> {
		for (const id of this.containers.keys()) this.start(id, () => false);
		for (let quiet = 0; quiet < 3; quiet += 1) {
			this.hear(Number.POSITIVE_INFINITY);
			this.host.tell(Number.POSITIVE_INFINITY);
			for (const hint of this.#tree.checkRoots()) this.#hint(hint);
			this.settle();
			while (this.gates.length > 0) {
				for (const gate of this.gates.splice(0)) gate.open();
				await turn();
			}
			await turn();
		}
	}

	/** Paths of containers that are not as on the host, of those that are labc's. */
	wrong(): readonly string[] {
		const wanted = this.host.listing();
		return [...this.containers].flatMap(([id, { nodes }]) =>
			[...this.#own].flatMap((target) => {
				const node = nodes.get(target);
				const found = node === undefined ? undefined : describe({ mode: 0o777, content: contentOf(node), ...node });
				const expected = wanted.get(target.replace('/app', '/p'));
				if (found === expected || (target === '/app' && expected === undefined)) return [];
				return [`${id} ${target}: ${found}, not ${expected}`];
			}),
		);
	}

	/** Paths of containers that were copied or deleted. */
	owned(): ReadonlySet<string> {
		return this.#own;
	}

	#hint(hint: Hint): void {
		const isTold = hint.isTold || this.#hints.get(hint.path)?.isTold === true;
		this.#hints.set(hint.path, { path: hint.path, isTold });
	}

	#take({ changes, suspects }: TreeNews): void {
		const work = decide(changes, [this.#rule]).get('app');
		if (work !== undefined) this.#note(work.copies);
		this.#sync.suspect(suspects.flatMap((each) => targetOf(this.#rule, each) ?? []));
	}

	#note(copies: Parameters<ServiceSync['note']>[0]): void {
		for (const target of copies.keys()) this.#own.add(target);
		void this.#sync.note(copies);
	}

	#wait(): Promise<void> {
		return new Promise((resolve, reject) => {
			this.gates.push({ open: (failure) => (failure === undefined ? resolve() : reject(failure)) });
		});
	}

	/** Each call waits before it takes effect and before it is answered. */
	#gated(engine: TransferEngine): TransferEngine {
		const gate = async <T>(act: () => Promise<T>): Promise<T> => {
			await this.#wait();
			const answer = await act();
			await this.#wait();
			return answer;
		};
		return {
			putArchive: (id, archive, options) => gate(() => engine.putArchive(id, archive, options)),
			createExec: (id, options) =>
				gate(() => {
					if (this.containers.get(id)?.isUp === false) throw new LabcError('ENGINE_CONFLICT', `${id} is not running`);
					return engine.createExec(id, options);
				}),
			startExec: (id, options) => engine.startExec(id, options),
			inspectExec: (id) => engine.inspectExec(id),
		};
	}
}

const contentOf = (node: ContainerFiles['nodes'] extends Map<string, infer Node> ? Node : never): string =>
	node.kind === 'file' ? node.content : node.kind === 'symlink' ? node.link : '';

/** All that can go on without the world has gone on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
