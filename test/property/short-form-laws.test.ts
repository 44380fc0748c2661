import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { mappingNode, type Node, scalarNode, sequenceNode } from '../../src/document/node.ts';
import { toPlain } from '../../src/document/plain.ts';
import { Findings } from '../../src/errors/findings.ts';
import { canonicaliseTyped, canonicaliseWritten } from '../../src/loader/canonical/canonicalise.ts';
import { parseShortPort } from '../../src/loader/canonical/ports.ts';
import { runs } from '../support/property-runs.ts';

const at = { source: { path: 'compose.yaml', text: '' }, offset: 0 };

/** A value as a tree; keys and lists as they stand. */
function nodeOf(value: unknown): Node {
	if (Array.isArray(value)) return sequenceNode(value.map(nodeOf), at);
	if (typeof value !== 'object' || value === null) return scalarNode(value as string, at);
	return mappingNode(
		Object.entries(value).map(([key, inner]) => [key, { keyAt: at, value: nodeOf(inner) }]),
		at,
	);
}

interface Outcome {
	readonly value: unknown;
	readonly tree: Node;
	readonly problems: readonly string[];
}

/** One attribute of a service in its long form. */
function longForm(attribute: string, written: unknown): Outcome {
	const findings = new Findings();
	const tree = canonicaliseTyped(
		canonicaliseWritten(nodeOf({ services: { a: { [attribute]: written } } }), findings),
		findings,
	);
	const { services } = toPlain(tree) as { services: { a: Record<string, unknown> } };
	return { value: services.a[attribute], tree, problems: findings.errors.map(({ message }) => message) };
}

function becomes(attribute: string, written: unknown, expected: unknown): void {
	const { value, problems } = longForm(attribute, written);
	assert.deepEqual(problems, []);
	assert.deepEqual(value, expected);
}

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const port = fc.integer({ min: 1, max: 65_535 });
const octet = fc.nat(255);
const address = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));
const protocol = fc.constantFrom('tcp', 'udp', 'sctp');

interface SaidPort {
	readonly host_ip?: string | undefined;
	readonly published?: string | undefined;
	readonly target?: number | undefined;
	readonly protocol?: string | undefined;
}

function written({ host_ip, published, target, protocol: how }: SaidPort): string {
	const host = host_ip === undefined ? '' : `${host_ip}:`;
	const hostPort = host === '' && published === undefined ? '' : `${published ?? ''}:`;
	return `${host}${hostPort}${target}${how === undefined ? '' : `/${how}`}`;
}

describe('ports', () => {
	test('say address, host port, container port and protocol in this order', () => {
		const shortPort = fc.record(
			{ host_ip: address, published: port.map(String), target: port, protocol },
			{ requiredKeys: ['target'] },
		);
		const unsaid = { mode: 'ingress', host_ip: undefined, published: undefined, protocol: 'tcp' };
		fc.assert(
			fc.property(shortPort, (said) => assert.deepEqual(parseShortPort(written(said)), [{ ...unsaid, ...said }])),
			runs,
		);
	});

	test('pair up ranges of one length', () => {
		fc.assert(
			fc.property(port, port, fc.nat(20), (host, container, more) => {
				fc.pre(host + more <= 65_535 && container + more <= 65_535);
				const ports = parseShortPort(`${host}-${host + more}:${container}-${container + more}`);
				assert.ok(typeof ports === 'object');
				assert.equal(ports.length, more + 1);
				assert.ok(ports.every(({ target, published }) => Number(published) - target === host - container));
			}),
			runs,
		);
	});
});

const path = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`);

describe('volumes', () => {
	test('bind a host path', () => {
		fc.assert(
			fc.property(fc.constantFrom('', '.', '..', '~'), path, path, fc.boolean(), (start, from, target, isReadOnly) => {
				const source = `${start}${from}`;
				becomes(
					'volumes',
					[`${source}:${target}${isReadOnly ? ':ro' : ''}`],
					[
						{
							type: 'bind',
							source,
							target,
							...(isReadOnly ? { read_only: true } : {}),
							bind: { create_host_path: true },
						},
					],
				);
			}),
			runs,
		);
	});

	test('mount a named volume', () => {
		fc.assert(
			fc.property(
				word.filter((name) => name.length > 1),
				path,
				(source, target) => {
					becomes('volumes', [`${source}:${target}`], [{ type: 'volume', source, target, volume: {} }]);
				},
			),
			runs,
		);
	});
});

const unlikelyKey = fc.constantFrom('constructor', 'toString', 'valueOf', 'hasOwnProperty');
const pairs = fc.dictionary(fc.oneof(word, unlikelyKey), fc.string({ unit: 'grapheme', maxLength: 8 }));

describe('lists of NAME=value', () => {
	for (const attribute of ['environment', 'labels', 'sysctls', 'annotations']) {
		test(`are mappings, in \`${attribute}\``, () => {
			fc.assert(
				fc.property(pairs, (values) => {
					const list = Object.entries(values).map(([key, value]) => `${key}=${value}`);
					assert.deepEqual(longForm(attribute, list).value ?? {}, longForm(attribute, values).value ?? {});
				}),
				runs,
			);
		});
	}

	test('name hosts with `=` as with `:` and as mappings', () => {
		fc.assert(
			fc.property(fc.dictionary(word, address, { minKeys: 1 }), (hosts) => {
				const { value } = longForm('extra_hosts', hosts);
				for (const sign of ['=', ':']) {
					becomes(
						'extra_hosts',
						Object.entries(hosts).map(([name, ip]) => `${name}${sign}${ip}`),
						value,
					);
				}
			}),
			runs,
		);
	});
});

describe('dependencies', () => {
	test('in a list wait for the start', () => {
		fc.assert(
			fc.property(fc.uniqueArray(word, { minLength: 1 }), (names) => {
				const expected = Object.fromEntries(
					names.map((name) => [name, { condition: 'service_started', required: true }]),
				);
				becomes('depends_on', names, expected);
			}),
			runs,
		);
	});
});

const attributes = [
	'ports',
	'volumes',
	'environment',
	'depends_on',
	'extra_hosts',
	'env_file',
	'command',
	'networks',
	'dns',
	'build',
	'secrets',
	'tmpfs',
	'expose',
	'ulimits',
	'gpus',
	'devices',
	'healthcheck',
	'labels',
];
const scraps = fc.string({ unit: fc.constantFrom(...'a1:/.-=,[]$~ \'"\\%@'), maxLength: 14 });
const anyValue = fc.oneof(
	scraps,
	fc.integer(),
	fc.array(fc.oneof(scraps, fc.dictionary(word, scraps)), { maxLength: 3 }),
	fc.dictionary(word, scraps),
);

describe('any attribute', () => {
	test('is brought to its long form or refused, and stays there', () => {
		fc.assert(
			fc.property(fc.constantFrom(...attributes), anyValue, (attribute, written) => {
				// docker compose leaves a volume of one or two characters as it is written, but not its long form.
				fc.pre(attribute !== 'volumes' || !/"[^"]{1,2}"/.test(JSON.stringify(written)));
				const { tree, problems } = longForm(attribute, written);
				if (problems.length > 0) return;
				const findings = new Findings();
				const again = canonicaliseTyped(canonicaliseWritten(tree, findings), findings);
				assert.deepEqual(toPlain(again), toPlain(tree));
			}),
			runs,
		);
	});
});
