import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GpuGrant } from '../../../../../src/engine/container-api.ts';
import { toContainerBody } from '../../../../../src/engine/docker/convert/container-body.ts';
import { containerSpec, type SpecChanges } from '../../../../support/container-spec.ts';

const bodyOf = (changes: SpecChanges, apiVersion = '1.51') =>
	toContainerBody(containerSpec('web', changes), apiVersion).body as Readonly<Record<string, unknown>>;

const hostConfigOf = (changes: SpecChanges, apiVersion = '1.51') =>
	bodyOf(changes, apiVersion)['HostConfig'] as Readonly<Record<string, unknown>>;

const front = { network: 'lab_front', aliases: ['web'] };
const back = { network: 'lab_back', aliases: ['web', 'db'] };

describe('toContainerBody', () => {
	test('the first network is the main one, and newer engines take all at creation', () => {
		const { body, connectAfter } = toContainerBody(containerSpec('web', { networks: [front, back] }), '1.44');
		assert.deepEqual(connectAfter, []);
		const { NetworkingConfig: networking, HostConfig: host } = body as {
			readonly NetworkingConfig: { readonly EndpointsConfig: object };
			readonly HostConfig: { readonly NetworkMode: string };
		};
		assert.deepEqual(Object.keys(networking.EndpointsConfig), ['lab_front', 'lab_back']);
		assert.equal(host.NetworkMode, 'lab_front');
	});

	test('the platform is the service’s own, or else the default one', () => {
		const platformOf = (changes: SpecChanges, defaultPlatform?: string) =>
			toContainerBody({ ...containerSpec('web', changes), ...(defaultPlatform && { defaultPlatform }) }, '1.51').query[
				'platform'
			];
		assert.equal(platformOf({}), undefined);
		assert.equal(platformOf({}, 'linux/arm64'), 'linux/arm64');
		assert.equal(platformOf({ service: { platform: 'linux/amd64' } }, 'linux/arm64'), 'linux/amd64');
	});

	test('older engines take the main one, the others are connected afterwards', () => {
		const { body, connectAfter } = toContainerBody(containerSpec('web', { networks: [front, back] }), '1.43');
		assert.deepEqual(connectAfter, [back]);
		assert.deepEqual(
			Object.keys((body as { NetworkingConfig: { EndpointsConfig: object } }).NetworkingConfig.EndpointsConfig),
			['lab_front'],
		);
	});

	test('nvidia’s runtime is told to show no GPU where none was granted, whatever the file says', () => {
		const environment = { A: '1', NVIDIA_VISIBLE_DEVICES: 'all' };
		const envWith = (gpus: GpuGrant) => bodyOf({ service: { environment }, gpus })['Env'];
		assert.deepEqual(envWith({ requests: [], hidesAll: true }), ['A=1', 'NVIDIA_VISIBLE_DEVICES=void']);
		assert.deepEqual(envWith({ requests: [] }), ['A=1', 'NVIDIA_VISIBLE_DEVICES=all']);
	});

	const tooOld = [
		{
			when: 'a hardware address is asked of one network',
			changes: { networks: [{ ...front, macAddress: '02:42:ac:11:65:43' }] },
			says: /`mac_address` for network `lab_front` needs API version `1\.44`, the engine speaks `1\.43`/,
		},
		{
			when: 'a start interval is asked',
			changes: { service: { healthcheck: { start_interval: '1s', start_period: '9s' } } },
			says: /`healthcheck\.start_interval` needs API version `1\.44`/,
		},
	];
	for (const { when, changes, says } of tooOld) {
		test(`an older engine is refused when ${when}`, () => {
			assert.throws(() => bodyOf(changes, '1.43'), { code: 'ENGINE_UNSUPPORTED', message: says });
			assert.doesNotThrow(() => bodyOf(changes, '1.44'));
		});
	}

	test('a start interval needs a start period', () => {
		assert.throws(() => bodyOf({ service: { healthcheck: { start_interval: '1s' } } }, '1.44'), {
			code: 'VALUE_INVALID',
			message: /`healthcheck\.start_interval` is there without `healthcheck\.start_period`/,
		});
	});

	test('without networks there is the mode that was said, or none at all', () => {
		assert.equal(hostConfigOf({ networkMode: 'host' })['NetworkMode'], 'host');
		assert.equal(hostConfigOf({})['NetworkMode'], 'none');
		assert.equal(bodyOf({})['NetworkingConfig'], undefined);
	});

	test('name and platform go beside the body', () => {
		const spec = containerSpec('web', { service: { platform: 'linux/arm64' } });
		assert.deepEqual(toContainerBody(spec, '1.51').query, { name: 'web', platform: 'linux/arm64' });
	});

	test('a variable without a value is sent bare, so that the image loses it', () => {
		assert.deepEqual(bodyOf({ service: { environment: { A: '1', B: null, C: '' } } })['Env'], ['A=1', 'B', 'C=']);
	});

	test('a cleared command is not the same as none', () => {
		assert.deepEqual(bodyOf({ service: { command: [], entrypoint: [] } })['Entrypoint'], []);
		assert.equal(bodyOf({ service: { command: null, entrypoint: null } })['Cmd'], null);
	});

	test('a service has its input open, a one-off reads it once', () => {
		const service = { stdin_open: true as const };
		const read = (body: Readonly<Record<string, unknown>>) => [
			body['AttachStdin'],
			body['OpenStdin'],
			body['StdinOnce'],
		];
		assert.deepEqual(read(bodyOf({ service })), [false, true, false]);
		const oneOff = { autoRemove: true, input: true };
		assert.deepEqual(read(bodyOf({ service, oneOff })), [true, true, true]);
		assert.equal(hostConfigOf({ service, oneOff })['AutoRemove'], true);
	});

	test('a terminal has its size from the start where the engine takes it', () => {
		const oneOff = { autoRemove: false, input: true, consoleSize: { columns: 101, rows: 33 } };
		assert.deepEqual(hostConfigOf({ oneOff })['ConsoleSize'], [33, 101]);
		assert.equal(hostConfigOf({ oneOff }, '1.41')['ConsoleSize'], undefined);
	});
});
