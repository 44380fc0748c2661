import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ErrorCode } from '../../../src/errors/codes.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { failedAttribute } from '../../../src/execute/failed-attribute.ts';
import type { Operation } from '../../../src/plan/plan.ts';
import { project, service } from '../../support/plan-cases.ts';

const port = (published: string | undefined, target: number) => ({
	mode: 'ingress',
	protocol: 'tcp',
	target,
	...(published !== undefined && { published }),
});
const lab = project({
	services: {
		box: service({
			volumes: [
				{ type: 'volume', source: 'data', target: '/data' },
				{ type: 'volume', target: 'v:/v' },
			],
		}),
		web: service({ ports: [port(undefined, 9), port('8000', 80), port('9000-9005', 90)] }),
		job: service({ entrypoint: ['/nope'] }),
		made: service({ image: 'r/made:1', build: { context: '/', tags: ['r/made:2', 'r/made:3'] } }),
	},
});
const start = (name: string): Operation => ({
	type: 'container.start',
	service: name,
	container: { name: `lab-${name}-1`, id: 'c1' },
});
const wait: Operation = {
	type: 'container.await',
	service: 'web',
	containers: [],
	condition: 'service_healthy',
	required: true,
};
const build: Operation = { type: 'image.build', services: ['db', 'web'] };

const hook: Operation = { ...wait, condition: 'service_completed_successfully', preStart: 1 };

const cases: readonly { when: string; operation: Operation; code: ErrorCode; message?: string; path: string }[] = [
	{
		when: 'the engine refuses a mount',
		operation: start('box'),
		code: 'ENGINE_REFUSED',
		message: 'invalid mount config for type "volume": invalid mount path: \'v:/v\' mount path must be absolute',
		path: 'box.volumes.1',
	},
	{
		when: 'the engine refuses a mount that the file does not name',
		operation: start('box'),
		code: 'ENGINE_REFUSED',
		message: "invalid mount path: '/other'",
		path: 'box',
	},
	{ when: 'a hook before the start fails', operation: hook, code: 'CONTAINER_EXITED', path: 'web.pre_start.1' },
	{
		when: 'a port is taken',
		operation: start('web'),
		code: 'PORT_IN_USE',
		message: 'port `8000` is taken',
		path: 'web.ports.1',
	},
	{
		when: 'a port of a range is taken',
		operation: start('web'),
		code: 'PORT_IN_USE',
		message: 'port `9005` is taken',
		path: 'web.ports.2',
	},
	{ when: 'nobody says which port is taken', operation: start('web'), code: 'PORT_IN_USE', path: 'web.ports' },
	{
		when: 'an image can’t be had',
		operation: { type: 'image.pull', service: 'web', image: 'app' },
		code: 'IMAGE_UNAVAILABLE',
		path: 'web.image',
	},
	{
		when: 'an image can’t be pushed',
		operation: { type: 'image.push', service: 'made', image: 'r/made:1' },
		code: 'PUSH_FAILED',
		path: 'made.image',
	},
	{
		when: 'a tag can’t be pushed',
		operation: { type: 'image.push', service: 'made', image: 'r/made:3' },
		code: 'PUSH_FAILED',
		path: 'made.build.tags.1',
	},
	{
		when: 'what was built can’t be pushed',
		operation: build,
		code: 'PUSH_FAILED',
		message: 'building `web` failed',
		path: 'web.image',
	},
	{
		when: 'the build of one of several fails',
		operation: build,
		code: 'BUILD_FAILED',
		message: 'building `web` failed',
		path: 'web.build',
	},
	{ when: 'a build fails', operation: build, code: 'BUILD_FAILED', path: 'db.build' },
	{ when: 'a container is unhealthy', operation: wait, code: 'CONTAINER_UNHEALTHY', path: 'web.healthcheck' },
	{ when: 'a container exits', operation: wait, code: 'CONTAINER_EXITED', path: 'web' },
	{ when: 'a name is taken', operation: start('web'), code: 'ENGINE_CONFLICT', path: 'web.container_name' },
	{ when: 'the engine refuses', operation: start('web'), code: 'ENGINE_REFUSED', path: 'web' },
	{
		when: 'a command can’t be run',
		operation: start('web'),
		code: 'ENGINE_REFUSED',
		message: 'exec: "x": no such file',
		path: 'web.command',
	},
	{
		when: 'an entrypoint can’t be run',
		operation: start('job'),
		code: 'ENGINE_REFUSED',
		message: 'exec: "/nope": no such file',
		path: 'job.entrypoint',
	},
];

describe('failedAttribute', () => {
	for (const { when, operation, code, message = 'no', path } of cases) {
		test(`when ${when}`, () => {
			assert.equal(failedAttribute(operation, new LabcError(code, message), lab).join('.'), `services.${path}`);
		});
	}
	test('a network and a volume are named by their keys', () => {
		const refused = new LabcError('ENGINE_REFUSED', 'no');
		assert.deepEqual(failedAttribute({ type: 'volume.remove', key: 'data', name: 'x' }, refused, lab), [
			'volumes',
			'data',
		]);
		assert.deepEqual(failedAttribute({ type: 'network.remove', key: 'back', name: 'x', id: 'y' }, refused, lab), [
			'networks',
			'back',
		]);
	});
});
