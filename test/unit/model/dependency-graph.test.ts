import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	type DependencyGraph,
	dependencyClosure,
	dependencyGraphOf,
	dependencyOrder,
	findDependencyCycle,
	reverseDependencies,
} from '../../../src/model/dependency-graph.ts';
import type { Service } from '../../../src/model/service.ts';
import { cpuTimer } from '../../support/cpu-time.ts';

const graphOf = (edges: Record<string, readonly string[]>): DependencyGraph => new Map(Object.entries(edges));

const chain = (length: number): DependencyGraph =>
	new Map(Array.from({ length }, (_, index) => [`s${index}`, index === 0 ? [] : [`s${index - 1}`]]));

const dense = (size: number): DependencyGraph =>
	new Map(
		Array.from({ length: size }, (_, index) => [`s${index}`, Array.from({ length: index }, (_, on) => `s${on}`)]),
	);

describe('dependencyOrder', () => {
	const cases: readonly { when: string; edges: Record<string, readonly string[]>; order: string[] }[] = [
		{ when: 'nothing depends on anything', edges: { b: [], a: [] }, order: ['b', 'a'] },
		{ when: 'a service needs a later one', edges: { a: ['b'], b: [] }, order: ['b', 'a'] },
		{ when: 'two need one', edges: { a: ['c'], b: ['c'], c: [] }, order: ['c', 'a', 'b'] },
		{ when: 'a needed one has no entry', edges: { a: ['x'] }, order: ['x', 'a'] },
		{
			when: 'the graph is a diamond',
			edges: { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] },
			order: ['d', 'b', 'c', 'a'],
		},
	];
	for (const { when, edges, order } of cases) {
		test(`when ${when}`, () => assert.deepEqual(dependencyOrder(graphOf(edges)), order));
	}

	test('a chain of 100000 does not end the call stack', () => {
		assert.equal(dependencyOrder(chain(100_000)).length, 100_000);
	});

	test('a dense graph of 1000 services takes a moment, not minutes', () => {
		const cpuMs = cpuTimer();
		const order = dependencyOrder(dense(1000));
		assert.equal(findDependencyCycle(dense(1000)), undefined);
		assert.equal(order.at(-1), 's999');
		assert.ok(cpuMs() < 2000);
	});
});

describe('findDependencyCycle', () => {
	const cases: readonly { when: string; edges: Record<string, readonly string[]>; cycle: string[] | undefined }[] = [
		{ when: 'there is none', edges: { a: ['b'], b: [] }, cycle: undefined },
		{ when: 'a service needs itself', edges: { a: ['a'] }, cycle: ['a', 'a'] },
		{ when: 'two need each other', edges: { a: ['b'], b: ['a'] }, cycle: ['a', 'b', 'a'] },
		{ when: 'the cycle starts behind a lead-in', edges: { a: ['b'], b: ['c'], c: ['b'] }, cycle: ['b', 'c', 'b'] },
		{ when: 'a diamond is no cycle', edges: { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, cycle: undefined },
	];
	for (const { when, edges, cycle } of cases) {
		test(`when ${when}`, () => assert.deepEqual(findDependencyCycle(graphOf(edges)), cycle));
	}
});

describe('dependencyClosure', () => {
	const graph = graphOf({ a: ['b'], b: ['c'], c: [], d: ['c'] });
	test('holds the roots and all they need', () => {
		assert.deepEqual([...dependencyClosure(graph, ['b'])].sort(), ['b', 'c']);
	});
	test('is empty without roots', () => assert.equal(dependencyClosure(graph, []).size, 0));
});

describe('reverseDependencies', () => {
	test('turns every edge round and keeps leaves', () => {
		const reversed = reverseDependencies(graphOf({ a: ['b', 'c'], b: [], c: ['b'] }));
		assert.deepEqual(Object.fromEntries(reversed), { a: [], b: ['a', 'c'], c: ['a'] });
	});
});

describe('dependencyGraphOf', () => {
	test('leaves out services that are not there', () => {
		const service = (...needed: string[]): Service => ({
			command: null,
			entrypoint: null,
			depends_on: Object.fromEntries(needed.map((name) => [name, { condition: 'service_started', required: false }])),
		});
		const graph = dependencyGraphOf(
			new Map([
				['a', service('b', 'gone')],
				['b', service()],
			]),
		);
		assert.deepEqual(Object.fromEntries(graph), { a: ['b'], b: [] });
	});
});
