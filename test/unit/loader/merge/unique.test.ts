import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toPlain } from '../../../../src/document/plain.ts';
import { removeDuplicates } from '../../../../src/loader/merge/unique.ts';
import { parsedOne } from '../../../support/load-text.ts';

/** The attribute of the service `a`, as YAML in and plain values out. */
function unique(attribute: string, items: string): unknown {
	const tree = removeDuplicates(parsedOne(`services: {a: {${attribute}: ${items}}}`));
	const { services } = toPlain(tree) as unknown as { services: { a: Record<string, unknown> } };
	return services.a[attribute];
}

describe('of items that are the same, one stays', () => {
	const cases: readonly { when: string; attribute: string; items: string; stays: unknown }[] = [
		{ when: 'texts are alike', attribute: 'dns', items: '[a, b, a]', stays: ['a', 'b'] },
		{ when: 'a number is written as a text too', attribute: 'expose', items: '[80, "80", 81]', stays: ['80', 81] },
		{ when: 'a variable is given twice', attribute: 'environment', items: '[A=1, B=2, A=3]', stays: ['A=3', 'B=2'] },
		{ when: 'a variable loses its value', attribute: 'environment', items: '[A=1, A]', stays: ['A'] },
		{ when: 'only the value is alike', attribute: 'environment', items: '[A=1, B=1]', stays: ['A=1', 'B=1'] },
		{
			when: 'two mounts have one target',
			attribute: 'volumes',
			items: '[{source: a, target: /t}, {source: x, target: /u}, {source: b, target: /t}]',
			stays: [
				{ source: 'b', target: '/t' },
				{ source: 'x', target: '/u' },
			],
		},
		{
			when: 'a port is published twice',
			attribute: 'ports',
			items: '[{target: 80, published: "1"}, {target: 80, published: "1", protocol: tcp, host_ip: 0.0.0.0}]',
			stays: [{ target: 80, published: '1', protocol: 'tcp', host_ip: '0.0.0.0' }],
		},
		{
			when: 'a secret is put where another one is by default',
			attribute: 'secrets',
			items: '[{source: a}, {source: b, target: /run/secrets/a}]',
			stays: [{ source: 'b', target: '/run/secrets/a' }],
		},
		{
			when: 'a config is put where another one is by default',
			attribute: 'configs',
			items: '[{source: a}, {source: b, target: /a}]',
			stays: [{ source: 'b', target: '/a' }],
		},
		{
			when: 'an env file is named twice',
			attribute: 'env_file',
			items: '[{path: a, required: true}, {path: a, required: false}]',
			stays: [{ path: 'a', required: false }],
		},
	];
	for (const { when, attribute, items, stays } of cases) {
		test(`when ${when}`, () => assert.deepEqual(unique(attribute, items), stays));
	}
});

describe('items stay that only look alike', () => {
	const cases: readonly { when: string; attribute: string; items: string }[] = [
		{ when: 'ports differ in the protocol', attribute: 'ports', items: '[{target: 1}, {target: 1, protocol: udp}]' },
		{
			when: 'ports differ in the address',
			attribute: 'ports',
			items: '[{target: 1, published: "1"}, {target: 1, published: "1", host_ip: 127.0.0.1}]',
		},
		{
			when: 'a host port is a number and a text',
			attribute: 'ports',
			items: '[{target: 1, published: 1}, {target: 1, published: "1"}]',
		},
		{
			when: 'one host port is empty and one not given',
			attribute: 'ports',
			items: '[{target: 1, published: ""}, {target: 1}]',
		},
		{ when: 'a port is short and long', attribute: 'ports', items: '["80", {target: 80}]' },
		{ when: 'nobody says what makes them the same', attribute: 'command', items: '[a, a]' },
	];
	for (const { when, attribute, items } of cases) {
		test(`when ${when}`, () => assert.deepEqual(unique(attribute, items), toPlain(parsedOne(items))));
	}
});
