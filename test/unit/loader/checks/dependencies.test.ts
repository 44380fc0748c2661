import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemsIn } from '../../../support/check-text.ts';

const on = (name: string, more = ''): string =>
	`depends_on: {${name}: {condition: service_started, required: true${more}}}`;
const optional = (name: string): string => `depends_on: {${name}: {condition: service_started, required: false}}`;

const cases: readonly { when: string; services: readonly string[]; profiles?: string[]; problems: string[] }[] = [
	{ when: 'all are declared', services: [`a: {image: x, ${on('b')}}`, 'b: {image: x}'], problems: [] },
	{
		when: 'one is not declared',
		services: [`a: {image: x, ${on('zz')}}`],
		problems: [
			'2:34 services.a.depends_on.zz: service `a` depends on `zz`, which is not declared | Declare `zz` under `services:`.',
		],
	},
	{
		when: 'one is mistyped',
		services: [`a: {image: x, ${on('databse')}}`, 'database: {image: x}'],
		problems: [
			'2:39 services.a.depends_on.databse: service `a` depends on `databse`, which is not declared | Did you mean `database`?',
		],
	},
	{
		when: 'an optional one is not declared',
		services: [`a: {image: x, ${optional('zz')}}`],
		problems: [
			'2:34 services.a.depends_on.zz: service `a` depends on `zz`, which is not declared | Declare `zz` under `services:`.',
		],
	},
	{
		when: 'the profile of one is not active',
		services: [`a: {image: x, ${on('b')}}`, 'b: {image: x, profiles: [dev]}'],
		problems: [
			'2:33 services.a.depends_on.b: service `a` depends on `b`, which belongs to the profile `dev`, which is not switched on | Switch it on with `labc compose --profile dev …`, or write `required: false`.',
		],
	},
	{
		when: 'several profiles of one are not active',
		services: [`a: {image: x, ${on('b')}}`, 'b: {image: x, profiles: [dev, test]}'],
		problems: [
			'2:33 services.a.depends_on.b: service `a` depends on `b`, which belongs to the profiles `dev`, `test`, which are not switched on | Switch it on with `labc compose --profile dev …`, or write `required: false`.',
		],
	},
	{
		when: 'the profile of one is active',
		services: [`a: {image: x, ${on('b')}}`, 'b: {image: x, profiles: [dev]}'],
		profiles: ['dev'],
		problems: [],
	},
	{
		when: 'the profile of an optional one is not active',
		services: [`a: {image: x, ${optional('b')}}`, 'b: {image: x, profiles: [dev]}'],
		problems: [],
	},
	{
		when: 'a service needs itself',
		services: [`a: {image: x, ${on('a')}}`],
		problems: [
			'2:33 services.a.depends_on.a: services depend on each other in a cycle: a -> a | Remove one of the `depends_on` entries in the cycle.',
		],
	},
	{
		when: 'three services go round',
		services: [`a: {image: x, ${on('b')}}`, `b: {image: x, ${on('c')}}`, `c: {image: x, ${on('a')}}`],
		problems: [
			'2:33 services.a.depends_on.b: services depend on each other in a cycle: a -> b -> c -> a | Remove one of the `depends_on` entries in the cycle.',
		],
	},
	{
		when: 'a circle stands behind a service',
		services: [`a: {image: x, ${on('b')}}`, `b: {image: x, ${on('c')}}`, `c: {image: x, ${on('b')}}`],
		problems: [
			'3:33 services.b.depends_on.c: services depend on each other in a cycle: b -> c -> b | Remove one of the `depends_on` entries in the cycle.',
		],
	},
	{
		when: 'a diamond is no circle',
		services: [
			'a: {image: x, depends_on: {b: {condition: service_started}, c: {condition: service_started}}}',
			`b: {image: x, ${on('d')}}`,
			`c: {image: x, ${on('d')}}`,
			'd: {image: x}',
		],
		problems: [],
	},
];

describe('dependencies', () => {
	for (const { when, services, profiles, problems } of cases) {
		test(`when ${when}`, () => {
			assert.deepEqual(problemsIn(`services:\n${services.map((each) => `  ${each}\n`).join('')}`, profiles), problems);
		});
	}
});
