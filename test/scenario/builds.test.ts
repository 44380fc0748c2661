import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { docker, dockerComposePath, scenario, whyNoEngine } from './scenario.ts';

const skip = whyNoEngine() ?? false;

describe('builds', { skip, concurrency: false }, () => {
	test('give the image all its names and are silent where that is asked for', async () => {
		const tags = 'services: {app: {image: "@:1", build: {context: ., tags: ["@:2", "@-more:3"]}}}\n';
		await using lab = scenario({ files: { Dockerfile: 'FROM labc/busybox:latest\nLABEL a=b\n' } });
		lab.write('compose.yaml', tags.replaceAll('@', lab.project));
		const quiet = await lab.labc('compose', 'build', '--quiet');
		assert.deepEqual(quiet, { status: 0, stdout: '', stderr: '' });
		const names = [`${lab.project}:1`, `${lab.project}:2`, `${lab.project}-more:3`];
		const ids = await docker('inspect', '--format', '{{.Id}}', ...names);
		assert.equal(new Set(ids.split('\n')).size, 1);
	});

	test('build what is named and nothing else, once for all that take files from it', async () => {
		const files = {
			'compose.yaml': [
				'services:',
				'  base: {build: {context: ., dockerfile_inline: "FROM labc/busybox:latest\\nRUN echo base built"}}',
				...['one', 'two'].map(
					(name) =>
						`  ${name}: {build: {context: ., additional_contexts: {b: "service:base"}, dockerfile_inline: "FROM b\\nLABEL ${name}=1"}}`,
				),
				'  other: {build: {context: ., dockerfile_inline: "FROM labc/busybox:latest\\nRUN false"}}',
				'',
			].join('\n'),
		};
		await using lab = scenario({ files });
		const build = await lab.labc('compose', 'build', '--no-cache', 'one', 'two');
		assert.equal(build.status, 0, build.stderr);
		assert.equal(build.stderr.match(/^\w+ \| base built$/gm)?.length, 1, build.stderr);
		assert.doesNotMatch(build.stderr, /other/);
		const run = await lab.labc('compose', 'run', '--rm', '--no-deps', '--build', 'one', 'true');
		assert.equal(run.status, 0, run.stderr);
	});

	test('show lines of any length', async () => {
		const long = 'FROM labc/busybox:latest\nRUN head -c 150000 /dev/zero | tr "\\\\0" x; echo; echo after\n';
		await using lab = scenario({ files: { Dockerfile: long, 'compose.yaml': 'services: {app: {build: .}}\n' } });
		const build = await lab.labc('compose', 'build', '--no-cache');
		assert.equal(build.status, 0, build.stderr.slice(-2000));
		assert.ok(build.stderr.includes('x'.repeat(150_000)), `${build.stderr.length} characters`);
		assert.match(build.stderr, /app \| after/);
	});

	test('for several platforms are for all of them only where they are not run at once', async () => {
		const file = `services:
  app:
    command: sleep infinity
    stop_grace_period: 0s
    build: {dockerfile_inline: "FROM labc/busybox:latest", platforms: [linux/amd64, linux/arm64]}
`;
		await using lab = scenario({ files: { 'compose.yaml': file } });
		const up = await lab.labc('compose', 'up', '-d', '--build');
		assert.equal(up.status, 0, up.stderr);
		assert.equal((await lab.containers())[0]?.State.Running, true);
	});
});

describe('an image that is named by its id', {
	skip: skip || dockerComposePath() === undefined ? skip || 'docker compose is not installed' : false,
}, () => {
	test('is taken as any other, and found unchanged by both tools', async () => {
		const id = await docker('inspect', '--format', '{{.Id}}', 'labc/busybox:latest');
		const file = `services: {app: {image: "${id}", command: sleep infinity, stop_grace_period: 0s}}\n`;
		await using lab = scenario({ files: { 'compose.yaml': file } });
		const up = await lab.labc('compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		const [made] = await lab.containers();
		assert.equal(made?.Image, id);
		assert.equal((await lab.dockerCompose('up', '-d')).status, 0);
		assert.match((await lab.labc('compose', 'up', '-d')).stderr, /No change/);
		assert.deepEqual(
			(await lab.containers()).map(({ Id }) => Id),
			[made?.Id],
		);
	});
});
