import { LabcError } from '../../src/errors/labc-error.ts';
import type { WatchRule } from '../../src/model/develop.ts';
import { decide, decideAtStart, type FolderNews, placeOf, targetOf } from '../../src/watch/decide.ts';
import { lookForTrees } from '../../src/watch/look-for-trees.ts';
import { compileRule, type Rule } from '../../src/watch/rules.ts';
import { type ServiceSync, syncService } from '../../src/watch/service-sync.ts';
import type { TransferEngine } from '../../src/watch/transfer.ts';
import { Tree } from '../../src/watch/tree.ts';
import type { TreeNews } from '../../src/watch/tree-news.ts';
import type { Hint } from '../../src/watch/tree-request.ts';
import { ignoredByAll, outermostRoots } from '../../src/watch/watched-rules.ts';
import { type ContainerFiles, containerFiles, filesEngine, type Node, remove } from './container-files.ts';
import { describe, MemoryHost } from './memory-host.ts';
import { expectedAt } from './watch-oracle.ts';

/** Something that waits until the world lets it go on; told why it fails where it is to fail. */
interface Gate {
	open(failure?: LabcError): void;
}

interface Container extends ContainerFiles {
	isUp: boolean;
	/** Whether that it runs was heard. */
	isHeard: boolean;
	/** What was told to have changed since it was heard to run, but of folders: there all that the container has may go. */
	readonly told: Set<string>;
	/** Folders that were told to have gone since then, and when. */
	readonly away: Map<string, number>;
	/** Those that have stayed away for the pause: what is in them has to go. */
	readonly cleared: Set<string>;
	/** What it had of its own in them then. */
	readonly doomed: Set<string>;
}

export interface WorldOptions {
	readonly rules: readonly Pick<WatchRule, 'path' | 'target' | 'ignore' | 'initial_sync'>[];
	/** What the image has. */
	readonly image: Readonly<Record<string, string>>;
	/** A link on the host, and where it leads. */
	readonly link?: readonly [link: string, to: string];
}

/**
 * A host, its watched trees and containers, in which nothing happens by itself: what the system tells, calls of the engine
 * before and after they take effect, and what containers tell wait until they are let go on, in any order.
 */
export class WatchWorld {
	readonly host = new MemoryHost('/h');
	readonly containers = new Map<string, Container>();
	readonly gates: Gate[] = [];
	/** What containers had of their own and labc took away, though nothing was told there. */
	readonly losses: string[] = [];
	readonly rules: readonly Rule[];
	readonly #options: WorldOptions;
	readonly #tree: Tree;
	readonly #sync: ServiceSync;
	readonly #hints = new Map<string, Hint>();
	/** What containers have told and nobody has heard yet. */
	readonly #told: (() => void)[] = [];
	/** What was refused, and is tried again later. */
	readonly #pauses: (() => void)[] = [];
	#time = 0;
	#hasFailed = false;
	/** Where something was copied or deleted. */
	readonly #own = new Set<string>();
	#made = 0;
	#noted = 0;

	constructor(options: WorldOptions) {
		this.#options = options;
		this.rules = options.rules.map((each, index) =>
			compileRule({ service: 'app', index, declared: { ...each, action: 'sync' }, ignoreFile: undefined }),
		);
		if (options.link !== undefined) this.host.put(options.link[0], 'symlink', options.link[1]);
		this.#tree = new Tree({
			roots: outermostRoots(this.rules),
			ignoresTree: ignoredByAll(this.rules),
			files: this.host.files,
			onHint: (hint) => this.#hint(hint),
			onLost: () => undefined,
			onUnwatched: () => undefined,
			onClosed: () => undefined,
			now: this.host.now,
			breathe: () => undefined,
		});
		this.#sync = syncService({
			engine: this.#gated(filesEngine(this.containers)),
			files: lookForTrees(this.host.files, () => [this.#tree]),
			rules: this.rules,
			inMemory: () => false,
			onProblem: () => undefined,
			onRepair: () => undefined,
			now: () => this.#time,
			pause: (ms) =>
				new Promise((resolve) => {
					this.#pauses.push(() => {
						this.#time += ms;
						resolve();
					});
				}),
		});
	}

	async open(): Promise<void> {
		await this.#tree.open();
		this.#note(decideAtStart(this.#tree.paths(), this.rules).get('app') ?? new Map());
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
		const container = {
			...containerFiles(() => this.host.seconds()),
			isUp: true,
			isHeard: false,
			told: new Set<string>(),
			away: new Map<string, number>(),
			cleared: new Set<string>(),
			doomed: new Set<string>(),
		};
		this.containers.set(id, container);
		for (const [target, content] of Object.entries(this.#options.image)) this.write(id, target, content);
		this.#told.push(() => this.#hearUp(id));
	}

	/** The container writes a file of its own, and the folders that it is in. */
	write(id: string, target: string, content: string): void {
		const container = this.containers.get(id);
		const folders = container === undefined ? undefined : foldersFor(container.nodes, target);
		if (container?.isUp !== true || folders === undefined || container.nodes.get(target)?.kind === 'directory') return;
		for (const folder of folders) container.nodes.set(folder, { kind: 'directory', mode: 0o755 });
		container.nodes.set(target, { kind: 'file', mode: 0o644, content, modified: 0, changed: 0 });
		container.doomed.delete(target);
	}

	stop(id: string): void {
		const container = this.containers.get(id);
		if (container?.isUp !== true) return;
		container.isUp = false;
		this.#told.push(() => {
			container.isHeard = false;
			this.#sync.down(id);
		});
	}

	/** What is not kept over a restart is gone. */
	start(id: string, isLost: (target: string) => boolean): void {
		const container = this.containers.get(id);
		if (container === undefined || container.isUp) return;
		for (const target of [...container.nodes.keys()]) {
			if (target.startsWith('/app/') && isLost(target)) remove(container.nodes, target);
		}
		container.isUp = true;
		this.#told.push(() => this.#hearUp(id));
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

	/** The longest of what waits for a pause to end go on. */
	retry(count: number): void {
		for (const end of this.#pauses.splice(0, count)) end();
	}

	/** What containers had of their own in folders that have stayed away, and still have; where all went well. */
	left(): readonly string[] {
		if (this.#hasFailed) return [];
		return [...this.containers].flatMap(([id, { nodes, doomed }]) =>
			[...doomed].filter((target) => nodes.has(target)).map((target) => `${id} ${target}`),
		);
	}

	/** Lets everything go on until nothing more happens. */
	async rest(): Promise<void> {
		for (const id of this.containers.keys()) this.start(id, () => false);
		for (let quiet = 0; quiet < 6; quiet += 1) {
			this.hear(Number.POSITIVE_INFINITY);
			this.host.tell(Number.POSITIVE_INFINITY);
			for (const hint of this.#tree.checkRoots()) this.#hint(hint);
			this.settle();
			await this.#openGates();
			this.retry(Number.POSITIVE_INFINITY);
			await this.#openGates();
		}
	}

	async #openGates(): Promise<void> {
		await turn();
		for (let rounds = 0; this.gates.length > 0; rounds += 1) {
			if (rounds > longestRest) throw new Error('it goes on and on');
			for (const gate of this.gates.splice(0)) gate.open();
			await turn();
		}
	}

	/** Paths of containers that are not as on the host, of those that are labc's. */
	wrong(): readonly string[] {
		const expected = expectedAt(this.rules, this.host);
		return [...this.containers].flatMap(([id, { nodes }]) =>
			[...this.#own].flatMap((target) => {
				const node = nodes.get(target);
				const found = node === undefined ? undefined : describe({ mode: 0o777, content: contentOf(node), ...node });
				const wanted = expected(target);
				const keeps =
					node?.kind === 'directory' &&
					wanted?.startsWith('directory') !== true &&
					this.#isKept(nodes, target, expected);
				return found === wanted || keeps ? [] : [`${id} ${target}: ${found}, not ${wanted}`];
			}),
		);
	}

	/** Paths of containers that were copied or deleted. */
	owned(): ReadonlySet<string> {
		return this.#own;
	}

	/** A folder that is a rule's own target stays, and so does one with something in it that is not labc's, or is to be there. */
	#isKept(nodes: ReadonlyMap<string, Node>, folder: string, expected: (target: string) => string | undefined): boolean {
		const isRightful = (target: string): boolean =>
			this.#isTarget(target) || !this.#own.has(target) || expected(target) !== undefined;
		return (
			this.#isTarget(folder) || [...nodes.keys()].some((each) => each.startsWith(`${folder}/`) && isRightful(each))
		);
	}

	#isTarget(target: string): boolean {
		return this.rules.some((rule) => placeOf(rule) === target);
	}

	#hearUp(id: string): void {
		const container = this.containers.get(id);
		for (const each of [container?.told, container?.away, container?.cleared, container?.doomed]) each?.clear();
		if (container !== undefined) container.isHeard = true;
		this.#sync.up({ id, name: id });
	}

	#hint(hint: Hint): void {
		const isTold = hint.isTold || this.#hints.get(hint.path)?.isTold === true;
		this.#hints.set(hint.path, { path: hint.path, isTold });
	}

	#take({ changes, suspects }: TreeNews): void {
		const work = decide(changes, this.rules).get('app');
		if (work !== undefined) this.#note(work.copies, work.folders);
		this.#sync.suspect(suspects.flatMap((each) => this.rules.flatMap((rule) => targetOf(rule, each) ?? [])));
	}

	#note(copies: Parameters<ServiceSync['note']>[0], folders: FolderNews = new Map()): void {
		this.#noted += 1;
		const noted = this.#noted;
		for (const [target] of copies) {
			this.#own.add(target);
			for (const container of this.containers.values())
				tell(container, { target, isThere: folders.get(target), noted });
		}
		const pauses = this.#pauses.length;
		void this.#sync.note(copies, folders);
		// The pause that it waits for now is that for the folders.
		const end = this.#pauses[pauses];
		const isAwaited = [...folders.values()].includes(false);
		if (isAwaited !== (end !== undefined)) throw new Error(`folders that have gone are waited for: ${isAwaited}`);
		if (end === undefined) return;
		this.#pauses[pauses] = () => {
			for (const [target, { hostPath }] of copies) {
				if (this.host.files.look(hostPath) === undefined) this.#clear(target, noted);
			}
			end();
		};
	}

	#clear(target: string, noted: number): void {
		for (const { away, nodes, cleared, doomed } of this.containers.values()) {
			if (away.get(target) !== noted) continue;
			cleared.add(target);
			if (this.#isTarget(target)) continue;
			for (const [each, { kind }] of nodes) {
				if (kind === 'file' && !this.#own.has(each) && isAtOrBelow(each, target)) doomed.add(each);
			}
		}
	}

	#wait(): Promise<void> {
		return new Promise((resolve, reject) => {
			this.gates.push({
				open: (failure) => {
					this.#hasFailed ||= failure !== undefined;
					if (failure === undefined) resolve();
					else reject(failure);
				},
			});
		});
	}

	/** Each call waits before it takes effect and before it is answered. */
	#gated(engine: TransferEngine): TransferEngine {
		const gate = async <T>(id: string, act: () => Promise<T>): Promise<T> => {
			const container = this.containers.get(id);
			const told = new Set([...(container?.told ?? []), ...(container?.cleared ?? [])]);
			await this.#wait();
			const answer = await this.#guard(id, told, act);
			await this.#wait();
			return answer;
		};
		return {
			putArchive: (id, archive, options) => gate(id, () => engine.putArchive(id, archive, options)),
			createExec: (id, options) =>
				gate(id, () => {
					if (this.containers.get(id)?.isUp === false) throw new LabcError('ENGINE_CONFLICT', `${id} is not running`);
					return engine.createExec(id, options);
				}),
			startExec: (id, options) => engine.startExec(id, options),
			inspectExec: (id) => engine.inspectExec(id),
		};
	}

	/** Notes what of the container's own a call takes away, but where a change was told when it began, or since. */
	async #guard<T>(id: string, told: ReadonlySet<string>, act: () => Promise<T>): Promise<T> {
		const container = this.containers.get(id);
		const before = [...(container?.nodes ?? [])].filter(
			([target, { kind }]) => kind === 'file' && !this.#own.has(target),
		);
		try {
			return await act();
		} finally {
			const all = [...told, ...(container?.told ?? []), ...(container?.cleared ?? [])];
			const isTold = (target: string): boolean => {
				// What is no folder any more took what was in it along.
				const gone = partsOf(target).find((each) => container?.nodes.get(each)?.kind !== 'directory') ?? target;
				return all.some((each) => isAtOrBelow(target, each) || (container?.nodes.has(gone) && isAtOrBelow(each, gone)));
			};
			for (const [target] of before) {
				// Where labc puts a folder nothing else can be.
				if (container?.nodes.has(target) !== true && !isTold(target)) this.losses.push(`${id} ${target}`);
			}
		}
	}
}

interface Telling {
	readonly target: string;
	/** Of a folder; undefined where it is something else. */
	readonly isThere: boolean | undefined;
	readonly noted: number;
}

/** A folder that comes back keeps all that is in it; what is in one above it, too. */
function tell(container: Container, { target, isThere, noted }: Telling): void {
	const { told, away, cleared, doomed, isHeard } = container;
	away.delete(target);
	cleared.delete(target);
	if (isThere === true) for (const each of doomed) if (isAtOrBelow(each, target)) doomed.delete(each);
	if (!isHeard) return;
	if (isThere === undefined) told.add(target);
	if (isThere === false) away.set(target, noted);
}

/** So many calls one after the other end nothing. */
const longestRest = 2000;

/** The folders that a file is in; undefined where one of them is none. */
function foldersFor(nodes: ReadonlyMap<string, Node>, target: string): readonly string[] | undefined {
	const folders = partsOf(target).slice(0, -1);
	if (folders.some((each) => nodes.has(each) && nodes.get(each)?.kind !== 'directory')) return undefined;
	return folders.filter((each) => !nodes.has(each));
}

/** The folders that a path is in, and itself. */
function partsOf(target: string): readonly string[] {
	const parts = target.split('/').slice(1);
	return parts.map((_, nth) => `/${parts.slice(0, nth + 1).join('/')}`);
}

const isAtOrBelow = (target: string, folder: string): boolean => target === folder || target.startsWith(`${folder}/`);

const contentOf = (node: Node): string =>
	node.kind === 'file' ? node.content : node.kind === 'symlink' ? node.link : '';

/** All that can go on without the world has gone on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
