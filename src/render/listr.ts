import { Writable } from 'node:stream';
import { DefaultRenderer, Listr, ListrLogger, type ListrRendererFactory, type ListrTask, ProcessOutput } from 'listr2';
import type { RenderTarget } from './render-target.ts';

/** Blocks of lines that stay on the screen and change in place until the list is closed. */
export interface LiveList {
	/** Shows `text`, of one or more lines, under `key`: where that stands already, else below all others. */
	show(key: string, text: string): void;
	/** Resolves when the last picture stands and the cursor is back. */
	close(): Promise<void>;
}

/**
 * A list kept by listr2, which knows neither steps nor order: each key is a task of its own that ends when the list
 * does. listr2 takes no tasks once it runs, so an untitled last task waits for new keys and turns into a list of them
 * and its successor.
 */
export function openLiveList(target: RenderTarget): LiveList {
	const closing = Promise.withResolvers<void>();
	const blocks = new Map<string, Block>();
	let arrivals: Block[] = [];
	let arrival = Promise.withResolvers<void>();

	const waitForMore: Task = {
		async task(_, wrapper) {
			await Promise.race([arrival.promise, closing.promise]);
			if (arrivals.length === 0) return undefined;
			const tasks = arrivals.map((block) => taskOf(block, closing.promise));
			arrivals = [];
			arrival = Promise.withResolvers();
			return wrapper.newListr([...tasks, waitForMore], { concurrent: true });
		},
	};
	const ended = newListr(waitForMore, target).run();
	return {
		show(key, text) {
			const block = blocks.get(key);
			if (block !== undefined) return change(block, text);
			const added: Block = { text, retitle: undefined };
			blocks.set(key, added);
			arrivals.push(added);
			arrival.resolve();
		},
		async close() {
			await nextTurn(); // what arrived last is shown, too
			closing.resolve();
			await ended;
		},
	};
}

interface Block {
	text: string;
	/** Known once listr2 has begun the task. */
	retitle: ((text: string) => void) | undefined;
}

type Task = ListrTask<unknown, ListrRendererFactory>;

const taskOf = (block: Block, closing: Promise<void>): Task => ({
	title: block.text,
	task(_, wrapper) {
		block.retitle = (text) => {
			wrapper.title = text;
		};
		block.retitle(block.text);
		return closing;
	},
});

function change(block: Block, text: string): void {
	if (block.text === text) return;
	block.text = text;
	block.retitle?.(text);
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const newListr = (task: Task, target: RenderTarget) =>
	new Listr<unknown, ListrRendererFactory>([task], {
		concurrent: true,
		renderer: LiveListRenderer,
		registerSignalListeners: false,
		rendererOptions: {
			lazy: true,
			indentation: 0,
			formatOutput: 'truncate',
			collapseSubtasks: false,
			icon: { PENDING: '', COMPLETED: '', WAITING: '' },
			logger: new ListrLogger({ processOutput: new ProcessOutput(streamTo(target), streamTo(target)) }),
		},
	});

/** Draws once for all the changes of one turn, and also where only standard error is a terminal. */
class LiveListRenderer extends DefaultRenderer {
	static override nonTTY = true;
	#isQueued = false;
	#isOver = false;

	override update(): void {
		if (this.#isQueued || this.#isOver) return;
		this.#isQueued = true;
		queueMicrotask(() => {
			this.#isQueued = false;
			if (!this.#isOver) super.update();
		});
	}

	override end(): void {
		this.#isOver = true;
		super.end();
	}
}

function streamTo(target: RenderTarget): NodeJS.WriteStream {
	const stream = new Writable({
		write(chunk: Buffer, _, done) {
			target.write(chunk.toString());
			done();
		},
	});
	return Object.defineProperties(stream, {
		isTTY: { value: target.isTerminal },
		columns: { get: () => target.size().columns },
		rows: { get: () => target.size().rows },
	}) as NodeJS.WriteStream;
}
