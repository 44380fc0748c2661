import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemsIn } from '../../../support/check-text.ts';

const inService = (attributes: string, rest = ''): string =>
	`services:\n  a:\n    image: x\n    ${attributes}\n${rest}`;

const cases: readonly { when: string; text: string; problems: readonly string[] }[] = [
	{
		when: 'a network is missing',
		text: inService('networks: {n: }'),
		problems: [
			'4:19 services.a.networks.n: service `a` uses the network `n`, which is not declared | Declare `n` under `networks:`.',
		],
	},
	{
		when: 'a network is called as an extension is',
		text: inService('networks: {x-n: }', 'networks: {x-n: {}}'),
		problems: [
			'4:21 services.a.networks.x-n: service `a` uses the network `x-n`, but `x-` starts an extension | Give the network another name.',
		],
	},
	{
		when: 'a network is mistyped',
		text: inService('networks: {frnot: }', 'networks: {front: {}}'),
		problems: [
			'4:23 services.a.networks.frnot: service `a` uses the network `frnot`, which is not declared | Did you mean `front`?',
		],
	},
	{
		when: 'a volume is missing',
		text: inService('volumes: [{type: volume, source: v, target: /v}]'),
		problems: [
			'4:15 services.a.volumes.0: service `a` uses the volume `v`, which is not declared | Declare `v` under `volumes:`.',
		],
	},
	{
		when: 'a volume is a folder without a dot',
		text: inService('volumes: [{type: volume, source: data/x, target: /v}]'),
		problems: [
			'4:15 services.a.volumes.0: service `a` uses the volume `data/x`, which is not declared | Write `./data/x` for a folder beside the Compose file, or an absolute path.',
		],
	},
	{ when: 'a folder is bound', text: inService('volumes: [{type: bind, source: /v, target: /v}]'), problems: [] },
	{ when: 'a volume has no name', text: inService('volumes: [{type: volume, target: /v}]'), problems: [] },
	{
		when: 'a secret is missing',
		text: inService('secrets: [{source: s}]'),
		problems: [
			'4:15 services.a.secrets.0: service `a` uses the secret `s`, which is not declared | Declare `s` under `secrets:`.',
		],
	},
	...(['secret', 'config'] as const).map((kind) => ({
		when: `a ${kind} is not named`,
		text: inService(`${kind}s: [{target: /t}]`, `${kind}s: {b: {file: /b}}`),
		problems: [
			`4:${9 + kind.length} services.a.${kind}s.0: service \`a\` uses a ${kind} without saying which | Add \`source\`, the name of the ${kind}.`,
		],
	})),
	{
		when: 'a secret of the build is missing',
		text: inService('build: {context: /c, secrets: [{source: s}]}'),
		problems: [
			'4:36 services.a.build.secrets.0: service `a` uses the secret `s`, which is not declared | Declare `s` under `secrets:`.',
		],
	},
	{
		when: 'a config is missing',
		text: inService('configs: [{source: c}]'),
		problems: [
			'4:15 services.a.configs.0: service `a` uses the config `c`, which is not declared | Declare `c` under `configs:`.',
		],
	},
	{
		when: 'a model is missing',
		text: inService('models: {m: }'),
		problems: [
			'4:17 services.a.models.m: service `a` uses the model `m`, which is not declared | Declare `m` under `models:`.',
		],
	},
	{
		when: 'all are declared',
		text: inService(
			'networks: {n: }',
			'networks: {n: {}}\nvolumes: {v: {}}\nsecrets: {s: {file: /s}}\nconfigs: {c: {file: /c}}',
		),
		problems: [],
	},
	{
		when: 'the service is switched off',
		text: inService('profiles: [dev]\n    networks: {n: }'),
		problems: [],
	},
];

describe('what services refer to', () => {
	for (const { when, text, problems } of cases) {
		test(`when ${when}`, () => assert.deepEqual(problemsIn(text), problems));
	}
});
