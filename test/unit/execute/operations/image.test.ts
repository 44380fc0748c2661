import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BuildOptions, BuildTarget } from '../../../../src/build/builder.ts';
import { LabcError } from '../../../../src/errors/labc-error.ts';
import { imageHandlers } from '../../../../src/execute/operations/image.ts';
import { volumeHandlers } from '../../../../src/execute/operations/volume.ts';
import type { Project } from '../../../../src/model/project.ts';
import { answers, stepRun } from './step-runs.ts';

const project: Project = {
	name: 'lab',
	workingDir: '/lab',
	configFiles: [],
	environmentFiles: [],
	services: new Map([
		[
			'app',
			{
				command: null,
				entrypoint: null,
				platform: 'linux/amd64',
				build: { context: '/lab', secrets: [{ source: 'ca' }] },
			},
		],
		['web', { command: null, entrypoint: null, image: 'me/web:1', build: { context: '/lab/web' } }],
		['db', { command: null, entrypoint: null, image: 'postgres' }],
	]),
	disabledServices: new Map(),
	networks: new Map(),
	volumes: new Map(),
	configs: new Map(),
	models: new Map(),
	secrets: new Map([
		['ca', { name: 'lab_ca', file: '/etc/ca.pem' }],
		['other', { name: 'lab_other', file: '/etc/other' }],
	]),
	extensions: new Map(),
	labc: { project: {}, services: new Map() },
};

describe('image.build', () => {
	test('builds all services of the step in one go, with their names, labels and secrets', async () => {
		const built: { targets: readonly BuildTarget[]; options: BuildOptions }[] = [];
		const builder = {
			build: async (targets: readonly BuildTarget[], options: BuildOptions) => void built.push({ targets, options }),
		};
		const builds = { noCache: true, builder: async () => builder };
		const { run, told } = stepRun({}, { project, builds });
		await imageHandlers['image.build']({ type: 'image.build', services: ['app', 'web'] }, run);
		const [call] = built;
		assert.equal(built.length, 1);
		assert.deepEqual(
			call?.targets.map(({ service, image, platform }) => [service, image, platform]),
			[
				['app', 'lab-app', 'linux/amd64'],
				['web', 'me/web:1', undefined],
			],
		);
		assert.deepEqual(call?.targets[0]?.labels['com.docker.compose.service'], 'app');
		assert.deepEqual([...(call?.targets[0]?.secrets.keys() ?? [])], ['ca']);
		assert.equal(call?.options.noCache, true);
		call?.options.onOutput('app', '#1 hello');
		assert.deepEqual(told, [{ type: 'build.output', service: 'app', text: '#1 hello' }]);
	});

	test('a builder that is not there fails the step in its own words', async () => {
		const missing = new LabcError('BUILD_UNAVAILABLE', 'no buildx');
		const { run } = stepRun({}, { project, builds: { builder: () => Promise.reject(missing) } });
		await assert.rejects(imageHandlers['image.build']({ type: 'image.build', services: ['app'] }, run), missing);
	});
});

describe('image.pull', () => {
	test('passes the progress of the pull on', async () => {
		const { run, progress } = stepRun({
			async pullImage(_reference, onProgress) {
				onProgress({ text: 'Downloading', fraction: 0.5 });
				onProgress({ text: 'Verifying' });
			},
		});
		await imageHandlers['image.pull']({ type: 'image.pull', service: 'db', image: 'postgres' }, run);
		assert.deepEqual(progress, ['Downloading 0.5', 'Verifying']);
	});

	test('a failure names the service that needs the image', async () => {
		const missing = new LabcError('IMAGE_UNAVAILABLE', 'cannot pull image `x`', { hint: 'Look at the name.' });
		const { run } = stepRun({ pullImage: () => Promise.reject(missing) });
		await assert.rejects(imageHandlers['image.pull']({ type: 'image.pull', service: 'db', image: 'x' }, run), {
			code: 'IMAGE_UNAVAILABLE',
			message: 'service `db`: cannot pull image `x`',
			hint: 'Look at the name.',
		});
	});
});

describe('image.push', () => {
	const operation = { type: 'image.push', service: 'db', image: 'r/x' } as const;
	const denied = new LabcError('PUSH_FAILED', 'cannot push image `r/x`', { hint: 'Log in.' });

	test('passes the progress of the push on', async () => {
		const { run, progress } = stepRun({
			pushImage: async (_reference, onProgress) => onProgress({ text: 'Pushing', fraction: 0.5 }),
		});
		assert.deepEqual(await imageHandlers['image.push'](operation, run), {});
		assert.deepEqual(progress, ['Pushing 0.5']);
	});

	test('a failure names the service', async () => {
		const { run } = stepRun({ pushImage: () => Promise.reject(denied) });
		await assert.rejects(imageHandlers['image.push'](operation, run), {
			code: 'PUSH_FAILED',
			message: 'service `db`: cannot push image `r/x`',
		});
	});

	test('a failure that is ignored is told of, and the step is skipped', async () => {
		const { run, told } = stepRun({ pushImage: () => Promise.reject(denied) }, { ignoresImageFailures: true });
		assert.deepEqual(await imageHandlers['image.push'](operation, run), { skipped: 'its failure is ignored' });
		assert.deepEqual(told, [{ type: 'warning', message: 'service `db`: cannot push image `r/x`', hint: 'Log in.' }]);
	});

	const others = [new LabcError('ENGINE_UNREACHABLE', 'gone'), new TypeError('a bug')];
	for (const error of others) {
		test(`what is no failure of an image is not ignored: ${error.message}`, async () => {
			const { run } = stepRun({ pushImage: () => Promise.reject(error) }, { ignoresImageFailures: true });
			await assert.rejects(imageHandlers['image.push'](operation, run), new RegExp(error.message));
		});
	}
});

const inUse = [
	new LabcError(
		'ENGINE_CONFLICT',
		'conflict: unable to remove repository reference (must force) - container is using it, must be forced',
	),
	new LabcError('ENGINE_CONFLICT', 'volume is in use - [abc]'),
	new LabcError('ENGINE_CONFLICT', 'image is being used by running container'),
];

describe('removing images and volumes', () => {
	for (const refusal of inUse) {
		test(`where what is in use may stay: ${refusal.message}`, async () => {
			const engine = { removeImage: answers<void>(refusal).next, removeVolume: answers<void>(refusal).next };
			const { run } = stepRun(engine, { keepsWhatIsInUse: true });
			const told = { skipped: 'Resource is still in use' };
			assert.deepEqual(
				await imageHandlers['image.remove']({ type: 'image.remove', service: 'db', image: 'x' }, run),
				told,
			);
			assert.deepEqual(
				await volumeHandlers['volume.remove']({ type: 'volume.remove', key: 'data', name: 'd' }, run),
				told,
			);
		});

		test(`where it has to go: ${refusal.message}`, async () => {
			const { run } = stepRun({ removeVolume: answers<void>(refusal).next });
			await assert.rejects(
				volumeHandlers['volume.remove']({ type: 'volume.remove', key: 'data', name: 'd' }, run),
				refusal,
			);
		});
	}
});
