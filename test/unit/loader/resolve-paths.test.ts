import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nodeAt } from '../../../src/document/plain.ts';
import { type PathBase, resolvePaths } from '../../../src/loader/resolve-paths.ts';
import { parsedOne } from '../../support/load-text.ts';

const base = { workingDir: '/lab', home: '/home/yuki' };

function resolvedAt(path: string, text: string, from: PathBase = base): unknown {
	const node = nodeAt(resolvePaths(parsedOne(text), from), path.split('.'));
	return node?.kind === 'scalar' ? node.value : undefined;
}

/** `?` is where the path stands. */
const places: readonly [path: string, text: string][] = [
	['services.a.build.context', 'services: {a: {build: {context: "?"}}}'],
	['services.a.build.additional_contexts.x', 'services: {a: {build: {additional_contexts: {x: "?"}}}}'],
	['services.a.env_file.0.path', 'services: {a: {env_file: [{path: "?"}]}}'],
	['services.a.label_file.0', 'services: {a: {label_file: ["?"]}}'],
	['services.a.develop.watch.0.path', 'services: {a: {develop: {watch: [{path: "?"}]}}}'],
	['services.a.volumes.0.source', 'services: {a: {volumes: [{type: bind, source: "?"}]}}'],
	['services.a.extends.file', 'services: {a: {extends: {file: "?"}}}'],
	['configs.c.file', 'configs: {c: {file: "?"}}'],
	['secrets.s.file', 'secrets: {s: {file: "?"}}'],
	['volumes.v.driver_opts.device', 'volumes: {v: {driver: local, driver_opts: {o: bind, device: "?"}}}'],
];

const forms: readonly [written: string, resolved: string][] = [
	['./x', '/lab/x'],
	['x/y', '/lab/x/y'],
	['../x', '/x'],
	['.', '/lab'],
	['./x/../y', '/lab/y'],
	['/abs', '/abs'],
	['~/x', '/home/yuki/x'],
];

describe('relative paths start at the project folder', () => {
	for (const [path, text] of places) {
		for (const [written, resolved] of forms) {
			test(`${path}: ${written}`, () => assert.equal(resolvedAt(path, text.replace('?', written)), resolved));
		}
	}

	const kept: readonly [when: string, path: string, text: string, value: string][] = [
		['a volume by name', 'services.a.volumes.0.source', 'services: {a: {volumes: [{type: volume, source: x}]}}', 'x'],
		['a device', 'services.a.devices.0.source', 'services: {a: {devices: [{source: ./x}]}}', './x'],
		['a working directory', 'services.a.working_dir', 'services: {a: {working_dir: ./x}}', './x'],
		['a Dockerfile', 'services.a.build.dockerfile', 'services: {a: {build: {dockerfile: ./x}}}', './x'],
		[
			'the device of another driver',
			'volumes.v.driver_opts.device',
			'volumes: {v: {driver: nfs, driver_opts: {o: bind, device: ./x}}}',
			'./x',
		],
		[
			'the device of a mount that is no bind',
			'volumes.v.driver_opts.device',
			'volumes: {v: {driver: local, driver_opts: {o: size=1, device: ./x}}}',
			'./x',
		],
		...['https://x/y.git', 'git@x:y', 'github.com/x/y', 'ssh://x', 'docker-image://x', 'service:b'].map(
			(context): [string, string, string, string] => [
				`the context ${context}`,
				'services.a.build.context',
				`services: {a: {build: {context: "${context}"}}}`,
				context,
			],
		),
		[
			'a folder of Windows',
			'services.a.volumes.0.source',
			'services: {a: {volumes: [{type: bind, source: "C:\\\\x"}]}}',
			'C:\\x',
		],
	];
	for (const [when, path, text, value] of kept) {
		test(`${when} is kept`, () => assert.equal(resolvedAt(path, text), value));
	}

	test('without a home folder, `~` is a name', () => {
		const [path, text] = ['secrets.s.file', 'secrets: {s: {file: ~/x}}'];
		assert.equal(resolvedAt(path, text, { ...base, home: undefined }), '/lab/~/x');
	});
});
