import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { loadText, problemsOf } from '../../support/load-text.ts';

describe('what breaks the schema is told once, at its place', () => {
	const cases: readonly { when: string; text: string; problems: string[] }[] = [
		{
			when: 'a value has the wrong type',
			text: 'services:\n  a:\n    ports: 3',
			problems: ['3:12 services.a.ports: `services.a.ports` must be a list, found the number `3`'],
		},
		{
			when: 'several types would do',
			text: 'services:\n  a:\n    build: []',
			problems: ['3:12 services.a.build: `services.a.build` must be a mapping or a text, found a list'],
		},
		{
			when: 'a choice is wrong deep inside',
			text: 'services:\n  a:\n    build: {context: 3}',
			problems: ['3:22 services.a.build.context: `services.a.build.context` must be a text, found the number `3`'],
		},
		{
			when: 'one form of a choice is wrong deep inside, and the other is a word',
			text: 'services:\n  a:\n    gpus: [{device_ids: [0]}]',
			problems: [
				'3:26 services.a.gpus.0.device_ids.0: `services.a.gpus.0.device_ids.0` must be a text, found the number `0`',
			],
		},
		{
			when: 'an attribute is mistyped',
			text: 'services:\n  a:\n    imag: x',
			problems: ['3:5 services.a.imag: `services.a` has no attribute `imag`'],
		},
		{
			when: 'a nested attribute is mistyped',
			text: 'services:\n  a:\n    healthcheck: {retris: 3}',
			problems: ['3:19 services.a.healthcheck.retris: `services.a.healthcheck` has no attribute `retris`'],
		},
		{
			when: 'a top-level key is mistyped',
			text: 'service: {}',
			problems: ['1:1 service: a Compose file has no attribute `service`'],
		},
		{
			when: 'include is no list',
			text: 'include: {path: x.yaml}',
			problems: ['1:10 include: `include` must be a list of files, found a mapping'],
		},
		{
			when: 'extends names no service',
			text: 'services: {a: {extends: {file: b.yaml}}}',
			problems: ['1:25 services.a.extends: `services.a.extends` must have `service`'],
		},
		...[
			'security_opt',
			'group_add',
			'external_links',
			'volumes_from',
			'device_cgroup_rules',
			'depends_on',
			'models',
		].map((attribute) => ({
			when: `${attribute} holds an item twice`,
			text: `services: {a: {${attribute}: [b, b]}}`,
			problems: [`1:${22 + attribute.length} services.a.${attribute}.1: \`services.a.${attribute}\` holds \`b\` twice`],
		})),
		{
			when: 'a number is out of its range',
			text: 'services: {a: {cpu_percent: 101, oom_score_adj: -1001}}',
			problems: [
				'1:29 services.a.cpu_percent: `services.a.cpu_percent` must be at most 100, found the number `101`',
				'1:49 services.a.oom_score_adj: `services.a.oom_score_adj` must be at least -1000, found the number `-1001`',
			],
		},
		{
			when: 'a word is none of the allowed',
			text: 'services: {a: {depends_on: {b: {condition: ready}}}}',
			problems: ['1:44 services.a.depends_on.b.condition: `services.a.depends_on.b.condition` cannot be `ready`'],
		},
		{
			when: 'something is missing',
			text: 'services: {a: {depends_on: {b: {restart: true}}}}',
			problems: ['1:32 services.a.depends_on.b: `services.a.depends_on.b` must have `condition`'],
		},
		{
			when: 'a service is null',
			text: 'services:\n  a:',
			problems: ['2:5 services.a: `services.a` must be a mapping, found nothing'],
		},
		{
			when: 'a size is below its least',
			text: 'services: {a: {volumes: [{type: tmpfs, target: /x, tmpfs: {size: -1}}]}}',
			problems: [
				'1:66 services.a.volumes.0.tmpfs.size: `services.a.volumes.0.tmpfs.size` must be at least 0, found the number `-1`',
			],
		},
		{
			when: 'a label has no name',
			text: 'services: {a: {labels: {"": x}}}',
			problems: ['1:25 services.a.labels: `services.a.labels` holds a name that is empty'],
		},
		{
			when: 'a service name is odd',
			text: 'services: {"a b": {image: x}}',
			problems: ['1:12 services.a b: `a b` cannot be the name of a service'],
		},
		{
			when: 'x-labc is mistyped',
			text: 'services: {a: {image: x, x-labc: {gpu: {polcy: pack}}}}',
			problems: ['1:41 services.a.x-labc.gpu.polcy: `services.a.x-labc.gpu` has no attribute `polcy`'],
		},
		{
			when: 'there are several problems',
			text: 'services:\n  a: {ports: 3, imag: x}\n  b: {tty: [1]}',
			problems: [
				'2:14 services.a.ports: `services.a.ports` must be a list, found the number `3`',
				'2:17 services.a.imag: `services.a` has no attribute `imag`',
				'3:12 services.b.tty: `services.b.tty` must be `true` or `false` or a text, found a list',
			],
		},
	];
	for (const { when, text, problems } of cases) {
		test(`when ${when}`, async () => assert.deepEqual(await problemsOf(() => loadText(text)), problems));
	}

	test('a required variable and a mistyped attribute are told together', async () => {
		const problems = await problemsOf(() => loadText('services: {a: {image: "${TAG:?no tag}", imag: x}}'));
		assert.deepEqual(problems, [
			'1:24 services.a.image: the variable `TAG` is required but has no value: no tag',
			'1:41 services.a.imag: `services.a` has no attribute `imag`',
		]);
	});

	test('extensions are let through everywhere', async () => {
		const text =
			'x-a: 1\nservices: {a: {image: x, x-b: [1], build: {x-c: {}}, healthcheck: {x-d: 1}}}\nnetworks: {n: {x-e: 1}}';
		assert.deepEqual(await problemsOf(() => loadText(text)), []);
	});

	test('x-labc is accepted', async () => {
		const text =
			'x-labc: {gpu: {policy: spread, share: true}}\nservices: {a: {image: x, x-labc: {shm: auto, gpu: {memory: 8g, optional: true, allot: false}}}}';
		assert.deepEqual(await problemsOf(() => loadText(text)), []);
	});
});

describe('text is cast where an attribute takes something else', () => {
	const cases: readonly [service: string, problems: string[]][] = [
		['{tty: "${T}", privileged: "FALSE", scale: "${N}", ulimits: {nofile: "${N}"}}', []],
		['{tty: maybe}', ['services.a.tty: `services.a.tty` must be `true` or `false`, found `maybe`']],
		['{scale: "${E}"}', ['services.a.scale: `services.a.scale` must be a whole number, found an empty text']],
		['{scale: two}', ['services.a.scale: `services.a.scale` must be a whole number, found `two`']],
	];
	for (const [service, problems] of cases) {
		test(service, async () => {
			const found = await problemsOf(() => loadText(`services: {a: ${service}}`, { T: 'true', N: '2', E: '' }));
			assert.deepEqual(
				found.map((problem) => problem.replace(/^\S+ /, '')),
				problems,
			);
		});
	}

	for (const [value, hint] of [
		['2', 'Write `all`, or a list such as `[{count: 2}]`.'],
		['"1"', 'Write `all`, or a list such as `[{count: 2}]`.'],
		['{count: 1}', 'Write `all`, or a list such as `[{count: 2}]`.'],
		['al', 'Did you mean `all`?'],
	] as const) {
		test(`the hint says what GPUs are asked for by, where it is ${value}`, async () => {
			const error = await loadText(`services: {a: {gpus: ${value}}}`).catch((caught: unknown) => caught);
			assert.ok(error instanceof LabcError);
			assert.deepEqual(
				error.diagnostics.map((one) => one.hint),
				[hint],
			);
		});
	}

	test('of hundreds of services the one that is wrong is found', async () => {
		const lines = Array.from({ length: 350 }, (_, index) => `  s${index}: {image: ${index === 320 ? '[b]' : 'b'}}`);
		const problems = await problemsOf(() => loadText(['x: 1', 'services:', ...lines].join('\n')));
		assert.deepEqual(problems, [
			'1:1 x: a Compose file has no attribute `x`',
			'323:17 services.s320.image: `services.s320.image` must be a text, found a list',
		]);
	});

	test('of thousands of faults a hundred are told', async () => {
		const lines = Array.from({ length: 1000 }, (_, index) => `  s${index}: {image: [b], user: 5}`);
		const problems = await problemsOf(() => loadText(['services:', ...lines].join('\n')));
		assert.equal(problems.length, 100);
	});

	test('words of YAML 1.1 are taken with a warning', async () => {
		const { model, warnings } = await loadText('services: {a: {tty: yes, init: off}}');
		assert.deepEqual(model, { services: { a: { tty: true, init: false } } });
		assert.deepEqual(
			warnings.map(({ code }) => code),
			['BOOLEAN_WORD', 'BOOLEAN_WORD'],
		);
	});

	test('`version` is dropped with a warning', async () => {
		const { model, warnings } = await loadText("version: '3'\nservices: {}");
		assert.deepEqual(model, { services: {} });
		assert.deepEqual(
			warnings.map(({ code, at }) => `${code} ${at?.line}`),
			['ATTRIBUTE_OBSOLETE 1'],
		);
	});

	test('a variable without a value is told once', async () => {
		const { warnings } = await loadText('services: {a: {image: "$X$X"}, b: {image: "$X"}}');
		assert.deepEqual(
			warnings.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`),
			['VARIABLE_UNSET 1:24'],
		);
	});
});
