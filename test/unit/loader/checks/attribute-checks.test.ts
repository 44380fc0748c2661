import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MappingNode } from '../../../../src/document/node.ts';
import { Findings } from '../../../../src/errors/findings.ts';
import { checkEnabled } from '../../../../src/loader/checks/check-enabled.ts';
import { checkResources } from '../../../../src/loader/checks/resources.ts';
import { decodeProject } from '../../../../src/loader/decode/project.ts';
import { parsedOne } from '../../../support/load-text.ts';

/** What the checks find in a canonical text, as `path: message`. */
function problemsIn(text: string): readonly string[] {
	const findings = new Findings();
	const tree = parsedOne(text) as MappingNode;
	checkResources(tree, findings);
	const decoded = decodeProject(tree, findings);
	checkEnabled({ ...decoded, declared: decoded.services }, tree, findings);
	return findings.errors.map(({ path, message }) => `${path}: ${message}`);
}

const inService = (attributes: string, rest = ''): string => `{services: {a: {image: x, ${attributes}}}${rest}}`;

const cases: readonly { when: string; text: string; problems: readonly string[] }[] = [
	{ when: 'a provider stands for the image', text: '{services: {a: {provider: {type: p}}}}', problems: [] },
	{
		when: 'a secret is not declared',
		text: inService('secrets: [{source: s}]', ', secrets: {t: {file: /t}}'),
		problems: ['services.a.secrets.0: service `a` uses the secret `s`, which is not declared'],
	},
	{
		when: 'a config is not declared',
		text: inService('configs: [{source: c}]'),
		problems: ['services.a.configs.0: service `a` uses the config `c`, which is not declared'],
	},
	{
		when: 'a model is not declared',
		text: inService('models: {m: }'),
		problems: ['services.a.models.m: service `a` uses the model `m`, which is not declared'],
	},
	{
		when: 'memory on a GPU is no size',
		text: inService('x-labc: {gpu: {memory: lots}}', ', x-labc: {gpu: {memory: -1g}}'),
		problems: [
			'x-labc.gpu.memory: `x-labc.gpu.memory` must be a size of memory, found `-1g`',
			'services.a.x-labc.gpu.memory: `services.a.x-labc.gpu.memory` must be a size of memory, found `lots`',
		],
	},
	...['-1', '"1.5"', '20g', '"512 MiB"', '0'].map((memory) => ({
		when: `memory on a GPU is ${memory}`,
		text: inService(`x-labc: {gpu: {memory: ${memory}}}`),
		problems: memory.startsWith('-')
			? [`services.a.x-labc.gpu.memory: \`services.a.x-labc.gpu.memory\` must be a size of memory, found \`${memory}\``]
			: [],
	})),
	{
		when: 'all of them are',
		text: inService(
			'secrets: [{source: s}], configs: [{source: c}], models: {m: }',
			', secrets: {s: {file: /s}}, configs: {c: {content: x}}, models: {m: {model: y}}',
		),
		problems: [],
	},
	{
		when: 'a secret comes from nowhere',
		text: inService('', ', secrets: {s: {driver: d}}'),
		problems: ['secrets.s: the secret `s` must come from one of `file`, `environment`, found none'],
	},
	{
		when: 'a config comes from two places',
		text: inService('', ', configs: {c: {content: x, file: /c}}'),
		problems: [
			'configs.c: the config `c` must come from one of `file`, `environment`, `content`, found `file` and `content`',
		],
	},
	{ when: 'a config is empty', text: inService('', ', configs: {c: {content: ""}}'), problems: [] },
	{ when: 'a config is kept elsewhere', text: inService('', ', configs: {c: {external: true}}'), problems: [] },
	{
		when: 'the image runs where it is not built for',
		text: inService('platform: linux/arm64, build: {context: /c, platforms: [linux/amd64]}'),
		problems: ['services.a.build.platforms: service `a` runs on `linux/arm64`, for which it is not built'],
	},
	{
		when: 'a build starts from a service that is not there',
		text: inService('build: {context: /c, additional_contexts: {base: "service:bas"}}'),
		problems: ['services.a.build.additional_contexts.base: service `a` builds from `bas`, which is not declared'],
	},
	{
		when: 'a build starts from a service that is not built',
		text: '{services: {a: {build: {context: /c, additional_contexts: {base: "service:b"}}}, b: {image: x}}}',
		problems: ['services.a.build.additional_contexts.base: service `a` builds from `b`, which has no `build`'],
	},
	{
		when: 'a build starts from one that is',
		text: '{services: {a: {build: {context: /c, additional_contexts: {base: "service:b"}}}, b: {build: {context: /b}}}}',
		problems: [],
	},
	{
		when: 'devices are counted and named',
		text: inService('gpus: [{count: 1, device_ids: ["0"]}]'),
		problems: ['services.a.gpus.0.count: `gpus` of service `a` has both `count` and `device_ids`'],
	},
	{
		when: 'reserved devices are counted and named',
		text: inService(
			'deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: 1, device_ids: ["0"]}]}}}',
		),
		problems: [
			'services.a.deploy.resources.reservations.devices.0.count: `deploy.resources.reservations.devices` of service `a` has both `count` and `device_ids`',
		],
	},
	...['sync', 'sync+restart', 'sync+exec'].map((action) => ({
		when: `files are copied nowhere by ${action}`,
		text: inService(`develop: {watch: [{path: /w, action: ${action}}]}`),
		problems: [`services.a.develop.watch.0: a watch rule of service \`a\` with \`${action}\` has no target`],
	})),
	{
		when: 'a watch rule is about nothing',
		text: inService('develop: {watch: [{path: "", action: restart}]}'),
		problems: ['services.a.develop.watch.0.path: a watch rule of service `a` has an empty path'],
	},
	...['rebuild', 'restart'].map((action) => ({
		when: `no files are copied by ${action}`,
		text: inService(`develop: {watch: [{path: /w, action: ${action}}]}`),
		problems: [],
	})),
	...(
		[
			['cpus', '2', 'limits: {cpus: 1}', 'limits.cpus', '1'],
			['cpus', '2', 'limits: {pids: 1}', 'limits.cpus', '0'],
			['mem_limit', '2', 'limits: {memory: "1"}', 'limits.memory', '1'],
			['pids_limit', '2', 'limits: {memory: "1"}', 'limits.pids', '0'],
			['mem_reservation', '2', 'reservations: {cpus: 1}', 'reservations.memory', '0'],
		] as const
	).map(([attribute, value, resources, twin, other]) => ({
		when: `${attribute} contradicts ${resources}`,
		text: inService(`${attribute}: ${value}, deploy: {resources: {${resources}}}`),
		problems: [
			`services.a.${attribute}: \`${attribute}\` and \`deploy.resources.${twin}\` of service \`a\` differ: \`${value}\` and \`${other}\``,
		],
	})),
	{
		when: 'limits agree, or only the other kind is given',
		text: inService('cpus: 1, mem_reservation: 2, deploy: {resources: {limits: {cpus: "1.0"}}}'),
		problems: [],
	},
];

describe('what is wrong between attributes is told at its place', () => {
	for (const { when, text, problems } of cases) {
		test(`when ${when}`, () => assert.deepEqual(problemsIn(text), problems));
	}
});
