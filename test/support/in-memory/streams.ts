import type { ContainerApi } from '../../../src/engine/container-api.ts';
import type { DuplexStream, OutputFrame } from '../../../src/engine/streams.ts';
import { type Behaviour, failure, findContainer, type LiveContainer, type World } from './world.ts';

type Streams = Pick<
	ContainerApi,
	'attachContainer' | 'containerLogs' | 'createExec' | 'startExec' | 'startDetachedExec' | 'inspectExec' | 'resizeExec'
>;

export function inMemoryStreams(world: World): Streams {
	const execs = new Map<string, { readonly behaviour: Behaviour; started: boolean }>();
	const findExec = (id: string) => {
		const exec = execs.get(id);
		if (exec === undefined) throw failure('ENGINE_NOT_FOUND', `No such exec instance: ${id}`);
		return exec;
	};
	return {
		async attachContainer(id) {
			const container = findContainer(world, id);
			return duplex(outputFrom(container, container.output.length));
		},
		async containerLogs(id, { follow, tail }, signal) {
			const container = findContainer(world, id);
			const from = tail === undefined ? 0 : Math.max(container.output.length - tail, 0);
			return follow ? outputFrom(container, from, signal) : pieces(container.output.slice(from));
		},
		async createExec(containerId, { command }) {
			const container = findContainer(world, containerId);
			if (container.state !== 'running') throw failure('ENGINE_CONFLICT', `container ${containerId} is not running`);
			const id = world.newId();
			execs.set(id, { behaviour: world.options.exec?.(command) ?? {}, started: false });
			return { id };
		},
		async startExec(execId) {
			const exec = findExec(execId);
			exec.started = true;
			return duplex(pieces(frames(exec.behaviour)));
		},
		async startDetachedExec(execId) {
			findExec(execId).started = true;
		},
		async inspectExec(execId) {
			const { behaviour, started } = findExec(execId);
			return { running: false, exitCode: started ? (behaviour.exitCode ?? 0) : undefined };
		},
		async resizeExec(execId) {
			findExec(execId);
		},
	};
}

/** What the container has printed since piece `from`, then what it prints, until it ends. */
async function* outputFrom(container: LiveContainer, from: number, signal?: AbortSignal): AsyncGenerator<OutputFrame> {
	let next = from;
	while (signal?.aborted !== true) {
		yield* container.output.slice(next);
		next = container.output.length;
		if (container.state === 'exited') return;
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
}

async function* pieces(frames: readonly OutputFrame[]): AsyncGenerator<OutputFrame> {
	yield* frames;
}

const frames = ({ stdout, stderr }: Behaviour): readonly OutputFrame[] => [
	...(stdout ? [{ stream: 'stdout' as const, bytes: Buffer.from(stdout) }] : []),
	...(stderr ? [{ stream: 'stderr' as const, bytes: Buffer.from(stderr) }] : []),
];

const duplex = (output: AsyncIterable<OutputFrame>): DuplexStream => ({
	output,
	write: async () => {},
	endInput() {},
	close() {},
});
