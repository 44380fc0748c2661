import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemsIn } from '../../../support/check-text.ts';

const sound = 'services: {a: {image: x}}\n';

const cases: readonly { when: string; text: string; problems: readonly string[] }[] = [
	...['{file: /s}', '{environment: S}', '{external: true}'].map((secret) => ({
		when: `a secret is ${secret}`,
		text: `secrets: {s: ${secret}}`,
		problems: [],
	})),
	...['{file: /c}', '{environment: C}', '{content: c}', '{external: true}'].map((config) => ({
		when: `a config is ${config}`,
		text: `configs: {c: ${config}}`,
		problems: [],
	})),
	{
		when: 'a secret comes from nowhere',
		text: 'secrets:\n  s: {name: n}',
		problems: [
			'3:6 secrets.s: the secret `s` must come from one of `file`, `environment`, found none | Write one of `file`, `environment` and `external: true`.',
		],
	},
	{
		when: 'a secret comes from two places',
		text: 'secrets:\n  s: {file: /s, environment: S}',
		problems: [
			'3:6 secrets.s: the secret `s` must come from one of `file`, `environment`, found `file` and `environment` | Write one of `file`, `environment` and `external: true`.',
		],
	},
	{
		when: 'a config comes from nowhere',
		text: 'configs:\n  c: {}',
		problems: [
			'3:6 configs.c: the config `c` must come from one of `file`, `environment`, `content`, found none | Write one of `file`, `environment`, `content` and `external: true`.',
		],
	},
	...['driver: local', 'driver_opts: {a: b}', 'labels: {a: b}'].map((attribute) => {
		const name = attribute.split(':')[0];
		return {
			when: `an external volume has ${name}`,
			text: `volumes:\n  v: {external: true, ${attribute}}`,
			problems: [
				`3:${25 + (name?.length ?? 0)} volumes.v.${name}: the external volume \`v\` cannot have \`${name}\` | Remove \`${name}\`, or \`external\`.`,
			],
		};
	}),
	{ when: 'an external volume has a name', text: 'volumes: {v: {external: true, name: n}}', problems: [] },
	{ when: 'a volume of ours has a driver', text: 'volumes: {v: {driver: local}}', problems: [] },
];

describe('resources', () => {
	for (const { when, text, problems } of cases) {
		test(`when ${when}`, () => assert.deepEqual(problemsIn(`${sound}${text}`), problems));
	}
});
