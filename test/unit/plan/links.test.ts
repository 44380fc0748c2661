import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isInternalLink, linked, linksOf, oneOffNumber } from '../../../src/plan/links.ts';
import { containerSpec } from '../../support/container-spec.ts';

const lab = { name: 'lab' };
const namesOf = (service: string): readonly string[] => [`lab-${service}-1`, `lab-${service}-2`];

describe('linksOf', () => {
	const cases = [
		{ when: 'there are none', service: {}, links: [] },
		{
			when: 'a service is linked: the number is that of the container that links, as with docker compose',
			service: { links: ['db'] },
			links: ['lab-db-1:db', 'lab-db-1:db-3', 'lab-db-1:lab-db-3', 'lab-db-2:db', 'lab-db-2:db-3', 'lab-db-2:lab-db-3'],
		},
		{
			when: 'a service is linked under another name',
			service: { links: ['db:store'] },
			links: [
				'lab-db-1:store',
				'lab-db-1:db-3',
				'lab-db-1:lab-db-3',
				'lab-db-2:store',
				'lab-db-2:db-3',
				'lab-db-2:lab-db-3',
			],
		},
		{
			when: 'containers outside the project are linked',
			service: { external_links: ['elsewhere', 'other:alias'] },
			links: ['elsewhere:elsewhere', 'other:alias'],
		},
	];
	for (const { when, service, links } of cases) {
		test(when, () => assert.deepEqual(linksOf({ service, number: 3, namesOf }, lab), links));
	}

	test('a one-off counts as docker compose counts it', () => {
		const links = linksOf({ service: { links: ['db'] }, number: oneOffNumber, namesOf: () => ['x'] }, lab);
		assert.deepEqual(links, ['x:db', 'x:db--1', 'x:lab-db--1']);
	});

	test('names are joined as the project joins them', () => {
		const links = linksOf({ service: { links: ['db'] }, number: 1, namesOf: () => ['x'] }, { ...lab, separator: '_' });
		assert.deepEqual(links, ['x:db', 'x:db_1', 'x:lab_db_1']);
	});
});

test('links stand in the definition and in each of its endpoints', () => {
	const spec = containerSpec('lab-web-1', { networks: [{ network: 'lab_default', aliases: ['web'] }] });
	assert.deepEqual(linked(spec, []), spec);
	const { links, networks } = linked(spec, ['a:b']);
	assert.deepEqual(links, ['a:b']);
	assert.deepEqual(networks, [{ network: 'lab_default', aliases: ['web'], links: ['a:b'] }]);
});

test('an observed link is told to be the service’s own by its alias', () => {
	const own = { service: { links: ['db', 'db:store'] }, number: 3 };
	const told = ['x:db', 'x:store', 'x:db-3', 'x:lab-db-3', 'x:db-4', 'x:other'].map((link) =>
		isInternalLink(link, own, lab),
	);
	assert.deepEqual(told, [true, true, true, true, false, false]);
});
