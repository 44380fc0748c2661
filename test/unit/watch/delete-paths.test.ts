import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deletePaths } from '../../../src/watch/delete-paths.ts';
import { containerFiles, filesEngine } from '../../support/container-files.ts';

const file = { kind: 'file', mode: 0o644, content: '', modified: 0, changed: 0 } as const;
const folder = { kind: 'directory', mode: 0o755 } as const;
const long = 'x'.repeat(200);

function container(folders: readonly string[], files: readonly string[]) {
	const made = containerFiles();
	for (const each of folders) made.nodes.set(each, { ...folder });
	for (const each of files) made.nodes.set(each, { ...file });
	return { made, engine: filesEngine(new Map([['c', made]])) };
}

const nth = (count: number, name: (each: number) => string): readonly string[] =>
	Array.from({ length: count }, (_, each) => name(each));

describe('deleting in a container', () => {
	const between = nth(1500, (each) => `/app/${long}${each}`);
	const paths = between.map((each) => `${each}/f`);
	const files = nth(1500, (each) => `/own/${long}${each}`);

	test('no command is longer than a system takes, and each checks the folders above what it deletes', async () => {
		const { made, engine } = container(['/app', ...between], [...paths, ...files]);
		const kept = made.nodes.size - paths.length - files.length;
		assert.deepEqual(await deletePaths(engine, 'c', { paths, files, folders: [], between }), { outcome: 'deleted' });
		assert.equal(made.nodes.size, kept);
		assert.equal(made.execs.length > 5, true);
		for (const command of made.execs) {
			assert.equal(Buffer.byteLength(command.join(' ')) < 128 * 1024, true);
			const words = new Set(command.slice(4, command.indexOf('//')));
			for (const each of command.filter((word) => word.endsWith('/f')))
				assert.equal(words.has(each.slice(0, -2)), true);
		}
	});

	test('a batch of usual size is one command', async () => {
		const { made, engine } = container(['/app', '/app/d'], ['/app/d/a', '/app/d/b', '/own']);
		await deletePaths(engine, 'c', {
			paths: ['/app/d/a', '/app/d/b'],
			files: ['/own'],
			folders: [],
			between: ['/app/d'],
		});
		assert.deepEqual(
			made.execs.map((command) => command.slice(4)),
			[['/app/d', '//', '/own', '//', '//', '/app/d/a', '/app/d/b']],
		);
	});

	test('folders go when they are empty, after all else, with as many commands as there are words for', async () => {
		const { made, engine } = container(['/app', '/app/d', '/app/d/e', '/app/own'], ['/app/d/e/a', '/app/own/b']);
		const request = {
			paths: ['/app/d/e/a'],
			files: [],
			folders: ['/app/d/e', '/app/d', '/app/own'],
			between: ['/app'],
		};
		assert.deepEqual(await deletePaths(engine, 'c', request), { outcome: 'deleted' });
		assert.deepEqual([...made.nodes.keys()].sort(), ['/', '/app', '/app/own', '/app/own/b']);
		assert.equal(made.execs.length, 1);
		const many = container(['/app', ...between], paths);
		await deletePaths(many.engine, 'c', { paths, files: [], folders: between, between: [] });
		assert.deepEqual([...many.made.nodes.keys()], ['/', '/app']);
	});

	test('what is below a link is not deleted', async () => {
		const { made, engine } = container(['/app'], ['/app/d/a']);
		made.nodes.set('/app/d', { kind: 'symlink', link: '/keep' });
		const request = { paths: ['/app/d/a'], files: [], folders: [], between: ['/app/d'] };
		assert.deepEqual(await deletePaths(engine, 'c', request), {
			outcome: 'no folder',
			others: new Set(['/app/d']),
		});
		assert.equal(made.nodes.has('/app/d/a'), true);
	});

	test('an image without a shell is told from other failures', async () => {
		const { made, engine } = container(['/app'], ['/app/a']);
		made.missing.add('sh');
		const request = { paths: ['/app/a'], files: [], folders: [], between: [] };
		assert.deepEqual(await deletePaths(engine, 'c', request), { outcome: 'no rm' });
	});

	test('it works where the service’s own folder has gone', async () => {
		const { engine } = container(['/app'], ['/app/a']);
		const asked: (string | undefined)[] = [];
		const watched: typeof engine = {
			...engine,
			createExec: (id, options) => {
				asked.push(options.workingDir);
				return engine.createExec(id, options);
			},
		};
		await deletePaths(watched, 'c', { paths: ['/app/a'], files: [], folders: [], between: [] });
		assert.deepEqual(asked, ['/']);
	});
});
