import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemsIn } from '../../../support/check-text.ts';

const inService = (attributes: string): string => `services: {a: {image: x, ${attributes}}}`;
const bind = (target: string, source = '/s'): string => `{type: bind, source: ${source}, target: ${target}}`;

const cases: readonly { when: string; text: string; problems: readonly string[] }[] = [
	{ when: 'targets differ', text: inService(`volumes: [${bind('/a')}, ${bind('/b')}], tmpfs: [/c]`), problems: [] },
	{
		when: 'two volumes have one target',
		text: inService(`volumes: [${bind('/a')}, ${bind('/a', '/t')}]`),
		problems: [
			'1:74 services.a.volumes.1: service `a` mounts two things on `/a`: this one and `volumes.0` | Give one of them another target.',
		],
	},
	{
		when: 'three volumes have one target',
		text: inService(`volumes: [${bind('/a')}, ${bind('/a', '/t')}, ${bind('/a', '/u')}]`),
		problems: [
			'1:74 services.a.volumes.1: service `a` mounts two things on `/a`: this one and `volumes.0` | Give one of them another target.',
			'1:112 services.a.volumes.2: service `a` mounts two things on `/a`: this one and `volumes.0` | Give one of them another target.',
		],
	},
	{
		when: 'a volume is where memory is mounted',
		text: inService(`tmpfs: [/b, "/a:size=1m"], volumes: [${bind('/a')}]`),
		problems: [
			'1:63 services.a.volumes.0: service `a` mounts two things on `/a`: this one and `tmpfs.1` | Give one of them another target.',
		],
	},
	{
		when: 'memory is mounted twice on one path',
		text: inService('tmpfs: [/a, /b, "/a:ro"]'),
		problems: [
			'1:42 services.a.tmpfs.2: service `a` mounts two things on `/a`: this one and `tmpfs.0` | Give one of them another target.',
		],
	},
	{
		when: 'a bind has no source',
		text: inService('volumes: [{type: bind, target: /a}]'),
		problems: [
			'1:36 services.a.volumes.0: a bind mount of service `a` has no source | Add `source`, the path on the host.',
		],
	},
	{
		when: 'a volume has no target',
		text: inService('volumes: [{type: volume}]'),
		problems: [
			'1:36 services.a.volumes.0: a volume mount of service `a` has no target | Add `target`, the path inside the container.',
		],
	},
	{
		when: 'two binds lack both',
		text: inService('volumes: [{type: bind}, {type: bind}]'),
		problems: [
			'1:36 services.a.volumes.0: a bind mount of service `a` has no source | Add `source`, the path on the host.',
			'1:36 services.a.volumes.0: a bind mount of service `a` has no target | Add `target`, the path inside the container.',
			'1:50 services.a.volumes.1: a bind mount of service `a` has no source | Add `source`, the path on the host.',
			'1:50 services.a.volumes.1: a bind mount of service `a` has no target | Add `target`, the path inside the container.',
		],
	},
];

describe('mounts', () => {
	for (const { when, text, problems } of cases) {
		test(`when ${when}`, () => assert.deepEqual(problemsIn(text), problems));
	}
});
