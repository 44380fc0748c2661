import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ambiguousNetworks } from '../../../src/plan/ambiguous-networks.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { project, service, state } from '../../support/plan-cases.ts';

const id = 'a'.repeat(64);
const other = { id: 'b'.repeat(64), name: 'shared', labels: {} };
const one = { id, name: 'shared', labels: {} };
const named = (name: string) =>
	project({
		services: { web: service({ networks: { shared: null } }) },
		networks: { shared: { name, ipam: {}, external: true } },
	});

describe('ambiguousNetworks', () => {
	const cases = [
		{ when: 'there is one', networks: [one], count: 0 },
		{ when: 'there is none', networks: [], count: 0 },
		{ when: 'there are two', networks: [one, other], count: 1 },
	];
	for (const { when, networks, count } of cases) {
		test(`tells ${count} when ${when}`, () => {
			const input = { project: named('shared'), state: state({ networks }), options: {} };
			assert.equal(ambiguousNetworks(['shared'], input).length, count);
		});
	}

	test('a plan over two external networks of one name asks for an id', () => {
		assert.throws(() => planUp(named('shared'), state({ networks: [one, other] })), {
			code: 'ENGINE_CONFLICT',
			message: 'the engine has 2 networks with the name `shared`',
			hint: `Give the id of the one you mean as its \`name\`, for example \`${id}\`.`,
		});
	});

	test('a network may be named by its id', () => {
		const found = { ...state(), networks: new Map([[id, [one]]]) };
		assert.equal(planUp(named(id), found).steps[0]?.operation.type, 'container.create');
	});
});
