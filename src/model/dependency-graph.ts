import type { Service } from './service.ts';

/** What each node needs, by name. A name without an entry of its own is a leaf. Every walk here is iterative and linear. */
export type DependencyGraph = ReadonlyMap<string, readonly string[]>;

/** Services and the services they depend on, as far as those are among `services`. */
export function dependencyGraphOf(services: ReadonlyMap<string, Service>): DependencyGraph {
	const graph = new Map<string, readonly string[]>();
	for (const [name, service] of services) {
		graph.set(
			name,
			Object.keys(service.depends_on ?? {}).filter((needed) => services.has(needed)),
		);
	}
	return graph;
}

/** Every node after all it needs; nodes that are free to go keep the graph's own order. Call it on a graph without cycles. */
export function dependencyOrder(graph: DependencyGraph): readonly string[] {
	const order: string[] = [];
	walk(graph, graph.keys(), { leave: (name) => order.push(name) });
	return order;
}

/** The first cycle met, its first node repeated at the end: `a, b, a`; undefined where there is none. */
export function findDependencyCycle(graph: DependencyGraph): readonly string[] | undefined {
	let cycle: readonly string[] | undefined;
	walk(graph, graph.keys(), {
		meetOpen: (name, trail) => {
			cycle ??= [...trail.slice(trail.indexOf(name)), name];
		},
	});
	return cycle;
}

/** `roots` and everything they need, directly or not. */
export function dependencyClosure(graph: DependencyGraph, roots: Iterable<string>): ReadonlySet<string> {
	const reached = new Set<string>();
	walk(graph, roots, { leave: (name) => reached.add(name) });
	return reached;
}

/** Who needs whom, the other way round: the order of taking down. */
export function reverseDependencies(graph: DependencyGraph): DependencyGraph {
	const reversed = new Map<string, string[]>([...graph.keys()].map((name) => [name, []]));
	for (const [name, needed] of graph) {
		for (const target of needed) {
			const dependents = reversed.get(target);
			if (dependents === undefined) reversed.set(target, [name]);
			else dependents.push(name);
		}
	}
	return reversed;
}

interface Visitor {
	/** All the node needs has been left before. */
	readonly leave?: (name: string) => void;
	/** The walk came back to a node it is still inside of. */
	readonly meetOpen?: (name: string, trail: readonly string[]) => void;
}

/** Depth first, with a stack of our own: a chain of thousands must not end the call stack. */
function walk(graph: DependencyGraph, roots: Iterable<string>, visitor: Visitor): void {
	const state = new Map<string, 'open' | 'left'>();
	for (const root of roots) {
		if (!state.has(root)) walkFrom(root, { graph, state, visitor });
	}
}

interface Walk {
	readonly graph: DependencyGraph;
	readonly state: Map<string, 'open' | 'left'>;
	readonly visitor: Visitor;
}

function walkFrom(root: string, { graph, state, visitor }: Walk): void {
	const trail: string[] = [];
	const pending: Iterator<string>[] = [];
	const enter = (name: string): void => {
		state.set(name, 'open');
		trail.push(name);
		pending.push((graph.get(name) ?? []).values());
	};
	const leave = (): void => {
		const name = trail.pop() ?? root;
		pending.pop();
		state.set(name, 'left');
		visitor.leave?.(name);
	};
	enter(root);
	for (let next = pending.at(-1)?.next(); next !== undefined; next = pending.at(-1)?.next()) {
		if (next.done) leave();
		else if (!state.has(next.value)) enter(next.value);
		else if (state.get(next.value) === 'open') visitor.meetOpen?.(next.value, trail);
	}
}
