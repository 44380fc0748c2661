import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { toPlain } from '../../src/document/plain.ts';
import { loadProject } from '../../src/loader/load-project.ts';
import { loadTree } from '../../src/loader/load-tree.ts';
import { resolveProjectIdentity } from '../../src/loader/project-identity.ts';
import type { ProjectOptions } from '../../src/options/project-options.ts';
import { readUserSettings } from '../../src/sources/user-settings.ts';

const root = mkdtempSync(path.join(tmpdir(), 'labc-sources-'));
const compose = 'services: {a: {image: "${TAG:-none}"}}\n';

/** A folder with files; a name that ends in `|` is a named pipe. */
function folderWith(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
	const folder = path.join(root, name);
	mkdirSync(folder, { recursive: true });
	for (const [file, content] of Object.entries(files)) {
		const target = path.join(folder, file.replace(/\|$/, ''));
		mkdirSync(path.dirname(target), { recursive: true });
		if (file.endsWith('|')) execFileSync('sh', ['-c', 'mkfifo "$0"', target]);
		else writeFileSync(target, content);
	}
	return folder;
}

const options = (cwd: string, given: Partial<ProjectOptions> = {}): ProjectOptions => ({
	files: [],
	projectName: undefined,
	projectDirectory: undefined,
	profiles: [],
	envFiles: [],
	compatibility: false,
	cwd,
	env: {},
	...given,
});

const imageOf = async (given: ProjectOptions): Promise<string | undefined> =>
	(await loadProject(given)).project.services.get('a')?.image;

after(() => rmSync(root, { recursive: true }));

describe('which files are read', () => {
	test('the nearest folder above that has a Compose file', async () => {
		const folder = folderWith('above', { 'compose.yml': compose, 'deep/er/x': '' });
		const { project } = await loadProject(options(path.join(folder, 'deep/er')));
		assert.deepEqual([project.workingDir, project.name], [folder, 'above']);
	});

	test('an override file beside it', async () => {
		const folder = folderWith('beside', {
			'docker-compose.yml': compose,
			'compose.override.yaml': 'services: {a: {image: b}}',
		});
		assert.equal(await imageOf(options(folder)), 'b');
	});

	test('of several candidates the first, with a warning', async () => {
		const folder = folderWith('several', { 'compose.yaml': compose, 'docker-compose.yml': 'services: {}' });
		const { project, warnings } = await loadProject(options(folder));
		assert.deepEqual([...project.services.keys()], ['a']);
		assert.deepEqual(
			warnings.map(({ code }) => code),
			['SOURCE_AMBIGUOUS'],
		);
	});

	test('no override where files are named', async () => {
		const folder = folderWith('named', {
			'compose.yaml': compose,
			'compose.override.yaml': 'services: {a: {image: b}}',
		});
		assert.equal(await imageOf(options(folder, { files: ['compose.yaml'] })), 'none');
	});

	test('COMPOSE_FILE of `.env`', async () => {
		const folder = folderWith('env-named', {
			'.env': 'COMPOSE_FILE=x.yml\n',
			'x.yml': compose,
			'compose.yaml': 'services: {}',
		});
		assert.equal(await imageOf(options(folder)), 'none');
	});

	test('standard input for `-`', async () => {
		const standardInput = async function* () {
			yield Buffer.from('services: {a: ');
			yield Buffer.from('{image: piped}}');
		};
		assert.equal(await imageOf(options(root, { files: ['-'], standardInput })), 'piped');
	});

	test('a pipe that was named', async () => {
		const folder = folderWith('pipe', { 'x|': '' });
		const pipe = path.join(folder, 'x');
		const [image] = await Promise.all([imageOf(options(folder, { files: [pipe] })), writeFile(pipe, compose)]);
		assert.equal(image, 'none');
	});

	test('none is an error', async () => {
		const folder = folderWith('nothing', {});
		await assert.rejects(loadProject(options(folder)), { code: 'SOURCE_NOT_FOUND' });
	});
});

describe('which variables are seen', () => {
	test('the environment before `.env`', async () => {
		const folder = folderWith('dotenv', { 'compose.yaml': compose, '.env': 'TAG=file' });
		assert.equal(await imageOf(options(folder)), 'file');
		assert.equal(await imageOf(options(folder, { env: { TAG: 'host' } })), 'host');
	});

	test('named files instead of `.env`, the last one first', async () => {
		const folder = folderWith('named-env', {
			'compose.yaml': compose,
			'.env': 'TAG=file',
			'a.env': 'TAG=a',
			'b.env': 'TAG=b',
		});
		const { project } = await loadProject(options(folder, { envFiles: ['a.env', 'b.env'] }));
		assert.equal(project.services.get('a')?.image, 'b');
		assert.deepEqual(project.environmentFiles, [path.join(folder, 'a.env'), path.join(folder, 'b.env')]);
	});

	test('`.env` of the folder of the named file, not of the current one', async () => {
		const folder = folderWith('elsewhere', { '.env': 'TAG=here', 'sub/.env': 'TAG=there', 'sub/x.yml': compose });
		assert.equal(await imageOf(options(folder, { files: ['sub/x.yml'] })), 'there');
	});

	test('no `.env` where it is switched off, or is a folder or a pipe', async () => {
		const off = folderWith('off', { 'compose.yaml': compose, '.env': 'TAG=file' });
		assert.equal(await imageOf(options(off, { env: { COMPOSE_DISABLE_ENV_FILE: '1' } })), 'none');
		assert.equal(await imageOf(options(folderWith('env-folder', { 'compose.yaml': compose, '.env/x': '' }))), 'none');
		assert.equal(await imageOf(options(folderWith('env-pipe', { 'compose.yaml': compose, '.env|': '' }))), 'none');
	});

	test('a missing named env file is an error', async () => {
		const folder = folderWith('missing-env', { 'compose.yaml': compose });
		await assert.rejects(loadProject(options(folder, { envFiles: ['gone'] })), { code: 'SOURCE_NOT_FOUND' });
	});
});

describe('what is no readable file is refused', () => {
	const cases: readonly { when: string; files: Record<string, string | Uint8Array>; code: string }[] = [
		{ when: 'it is a pipe that was found', files: { 'compose.yaml|': '' }, code: 'SOURCE_UNREADABLE' },
		{
			when: 'it is not UTF-8',
			files: { 'compose.yaml': new Uint8Array([0xff, 0xfe, 0x61]) },
			code: 'SOURCE_UNREADABLE',
		},
		{ when: 'it holds NUL', files: { 'compose.yaml': 'a: "\0"' }, code: 'SOURCE_UNREADABLE' },
		{
			when: 'it is too large',
			files: { 'compose.yaml': `#${'x'.repeat(4 * 1024 * 1024)}` },
			code: 'SOURCE_UNREADABLE',
		},
		{ when: 'it is empty', files: { 'compose.yaml': '' }, code: 'PROJECT_EMPTY' },
		{ when: 'it includes nothing', files: { 'compose.yaml': 'include: []' }, code: 'PROJECT_EMPTY' },
		{
			when: 'it includes what says nothing',
			files: { 'compose.yaml': 'include: [i.yaml]', 'i.yaml': 'name: i\nx-a: 1' },
			code: 'PROJECT_EMPTY',
		},
		{ when: 'it has but a version', files: { 'compose.yaml': 'version: "3"' }, code: 'PROJECT_EMPTY' },
		{ when: 'it is a list', files: { 'compose.yaml': '- a' }, code: 'SCHEMA_VIOLATION' },
	];
	for (const { when, files, code } of cases) {
		test(`when ${when}`, async () => {
			await assert.rejects(loadProject(options(folderWith(when.replaceAll(' ', '-'), files))), { code });
		});
	}

	test('when it is an endless device', async () => {
		const folder = folderWith('device', {});
		symlinkSync('/dev/zero', path.join(folder, 'compose.yaml'));
		await assert.rejects(loadProject(options(folder)), { code: 'SOURCE_UNREADABLE' });
		await assert.rejects(loadProject(options(folder, { files: ['/dev/zero'] })), { code: 'SOURCE_UNREADABLE' });
	});
});

describe('a folder that is a symbolic link', () => {
	const real = folderWith('real-folder', { 'compose.yaml': compose, 'named.yaml': `name: own\n${compose}` });
	const link = path.join(root, 'way-in');
	symlinkSync(real, link);
	const cases: readonly { when: string; given: Partial<ProjectOptions>; name: string; warnings: string[] }[] = [
		{ when: 'nothing else does', given: {}, name: 'way-in', warnings: ['PROJECT_NAMED_BY_LINK'] },
		{ when: 'it leads to a named file', given: { files: ['named.yaml'] }, name: 'own', warnings: [] },
		{ when: 'a flag names the project', given: { projectName: 'p' }, name: 'p', warnings: [] },
	];
	for (const { when, given, name, warnings } of cases) {
		test(`names the project ${name}, when ${when}`, async () => {
			const loaded = await loadProject(options(link, { env: { TAG: 'x' }, ...given }));
			assert.equal(loaded.project.name, name);
			assert.deepEqual(
				loaded.warnings.map(({ code }) => code),
				warnings,
			);
		});
	}
});

describe('what is left out of loading', () => {
	const folder = folderWith('left-out', {
		'compose.yaml': 'name: Two.Words\nservices: {a: {image: x, environment: {TAG: , NONE: }}}\n',
	});

	test('without normalisation the name stays as it is written, and names still take their values', async () => {
		const loaded = await loadProject(options(folder, { env: { TAG: 'v1' } }), { without: ['normalisation'] });
		assert.equal(loaded.project.name, 'Two.Words');
		assert.deepEqual(loaded.project.services.get('a')?.environment, { NONE: null, TAG: 'v1' });
	});

	test('what an env file asks for is looked up among declared names only', async () => {
		const files = {
			'compose.yaml': 'services: {a: {image: x, env_file: e, environment: {OWN: o}}}\n',
			e: 'A=${constructor-none}\nB=${OWN}\n',
		};
		const { project } = await loadProject(options(folderWith('prototype', files)));
		assert.deepEqual(project.services.get('a')?.environment, { A: 'none', B: 'o', OWN: 'o' });
	});

	test('a name from outside wins there, too', async () => {
		const loaded = await loadProject(options(folder, { projectName: 'p' }), { without: ['normalisation'] });
		assert.equal(loaded.project.name, 'p');
	});

	test('without interpolation an included list of names is read, as in docker compose, and resources are checked', async () => {
		const files = {
			'compose.yaml': 'include: [sub/x.yml]\nservices: {a: {image: x, environment: [TAG]}}\n',
			'sub/x.yml': 'services: {b: {image: x, environment: [TAG]}}\n',
		};
		const { tree } = await loadTree(options(folderWith('uninterpolated', files), { env: { TAG: 'v1' } }), {
			without: ['interpolation'],
		});
		const { services } = toPlain(tree) as { services: Record<string, { environment: unknown }> };
		assert.deepEqual([services['a']?.environment, services['b']?.environment], [['TAG'], ['TAG=v1']]);
	});

	test('an included model must hold by itself', async () => {
		const files = {
			'compose.yaml': 'include: [x.yml]\nservices: {a: {image: x}}\n',
			'x.yml': 'secrets: {s: {name: n}}\n',
		};
		const loading = loadTree(options(folderWith('unsound', files)), { without: ['interpolation'] });
		const { findings } = await loading;
		assert.deepEqual(
			findings.errors.map(({ code, path: place }) => [code, place]),
			[['MODEL_INVALID', 'secrets.s']],
		);
	});
});

describe('which variables an included file sees', () => {
	const included = 'services: {a: {image: "${TAG:-none}", environment: [TAG]}}\n';
	const cases: readonly { when: string; entry: string; files?: Record<string, string>; image: string }[] = [
		{ when: 'no more than the project', entry: 'sub/x.yml', image: 'none' },
		{ when: '`.env` beside it', entry: 'sub/x.yml', files: { 'sub/.env': 'TAG=beside' }, image: 'beside' },
		{
			when: "the project's before its own",
			entry: 'sub/x.yml',
			files: { '.env': 'TAG=project', 'sub/.env': 'TAG=beside' },
			image: 'project',
		},
		{
			when: 'files that are named instead, the last one first',
			entry: '{path: sub/x.yml, env_file: [a.env, b.env]}',
			files: { 'sub/.env': 'TAG=beside', 'a.env': 'TAG=a', 'b.env': 'TAG=b' },
			image: 'b',
		},
		{
			when: '`.env` of the folder that is named',
			entry: '{path: sub/x.yml, project_directory: other}',
			files: { 'sub/.env': 'TAG=beside', 'other/.env': 'TAG=other' },
			image: 'other',
		},
		{
			when: 'none where the null device is named',
			entry: '{path: sub/x.yml, env_file: /dev/null}',
			files: { 'sub/.env': 'TAG=beside' },
			image: 'none',
		},
	];
	for (const [index, { when, entry, files = {}, image }] of cases.entries()) {
		test(when, async () => {
			const folder = folderWith(`included-${index}`, {
				'compose.yaml': `include: [${entry}]`,
				'sub/x.yml': included,
				...files,
			});
			const { project } = await loadProject(options(folder));
			const service = project.services.get('a');
			assert.equal(service?.image, image);
			assert.equal(service?.environment?.['TAG'], image === 'none' ? null : image);
		});
	}

	const folders: readonly { when: string; named: string; folder: string }[] = [
		{ when: 'is there', named: 'other', folder: 'other' },
		{ when: 'is not there, its parent', named: 'nope', folder: '.' },
		{ when: 'is not there below one that is, that one', named: 'other/nope', folder: 'other' },
		{ when: 'is a file, its folder', named: 'sub/x.yml', folder: 'sub' },
		{ when: 'ends in a slash, itself though it is not there', named: 'nope/', folder: 'nope' },
		{ when: 'is absolute, itself though it is not there', named: '/nope', folder: '/nope' },
	];
	for (const [index, { when, named, folder: base }] of folders.entries()) {
		test(`paths of an included file are meant from the folder that is named, where it ${when}`, async () => {
			const folder = folderWith(`included-base-${index}`, {
				'compose.yaml': `include: [{path: sub/x.yml, project_directory: ${named}}]`,
				'sub/x.yml': 'services: {a: {build: ./b}}',
				'other/x': '',
			});
			const { project } = await loadProject(options(folder));
			assert.equal(project.services.get('a')?.build?.context, path.resolve(folder, base, 'b'));
		});
	}

	test("its secrets are read from its own variables, the project's first", async () => {
		const folder = folderWith('included-secret', {
			'compose.yaml': 'include: [sub/x.yml]',
			'.env': 'BOTH=project',
			'sub/.env': 'OWN=beside\nBOTH=beside\nOTHER=beside',
			'sub/x.yml': 'services: {a: {image: x}}\nsecrets: {s: {environment: OWN}, t: {environment: BOTH}}',
		});
		const { contents, environment } = await loadProject(options(folder));
		assert.deepEqual(
			['OWN', 'BOTH', 'OTHER'].map((name) => contents.get(name)),
			['beside', 'project', undefined],
		);
		assert.equal(environment.has('OWN'), false);
	});

	test('its configs cannot come from a variable that is set, as with docker compose', async () => {
		const folder = folderWith('included-config', {
			'compose.yaml': 'include: [sub/x.yml]',
			'sub/x.yml': 'services: {a: {image: x}}\nconfigs: {s: {environment: TAG}}',
		});
		await loadProject(options(folder));
		await assert.rejects(loadProject(options(folder, { env: { TAG: '1' } })), {
			code: 'MODEL_INVALID',
			hint: 'Write `content: ${TAG}` instead.',
		});
	});

	test('a pipe is no file to include or to take variables from', async () => {
		const folder = folderWith('included-pipe', { 'compose.yaml': 'include: [x]', 'x|': '' });
		await assert.rejects(loadProject(options(folder)), { code: 'SOURCE_UNREADABLE' });
		const env = folderWith('included-env-pipe', {
			'compose.yaml': 'include: [{path: x.yml, env_file: e}]',
			'x.yml': compose,
			'e|': '',
		});
		await assert.rejects(loadProject(options(env)), { code: 'SOURCE_UNREADABLE' });
	});

	test('more files than a project can have are refused', async () => {
		const names = Array.from({ length: 300 }, (_, index) => `${index}.yml`);
		const folder = folderWith('included-many', {
			'compose.yaml': `include: [{path: [${names.join(', ')}]}]`,
			...Object.fromEntries(names.map((name) => [name, compose])),
		});
		await assert.rejects(loadProject(options(folder)), /the project is made of more than 256 files/);
	});
});

describe('which parts of a project count', () => {
	const folder = folderWith('parts', {
		'compose.yaml': `services:
  web: {image: w, depends_on: {debugger: {condition: service_started, required: false}}}
  debugger: {image: d, profiles: [debug, trace]}
  probe: {image: p, profiles: [probe], depends_on: [debugger]}
networks: {unused: }
volumes: {unused: }
`,
	});
	const cases: readonly { when: string; given: Partial<ProjectOptions>; services: readonly string[] }[] = [
		{ when: 'no profile is named', given: {}, services: ['web'] },
		{ when: 'a flag names one', given: { profiles: ['trace'] }, services: ['debugger', 'web'] },
		{ when: 'a variable names them', given: { env: { COMPOSE_PROFILES: ' debug , ' } }, services: ['debugger', 'web'] },
		{
			when: 'a flag wins over the variable',
			given: { profiles: ['other'], env: { COMPOSE_PROFILES: 'debug' } },
			services: ['web'],
		},
		{ when: 'all are meant', given: { env: { COMPOSE_PROFILES: '*' } }, services: ['debugger', 'probe', 'web'] },
	];
	for (const { when, given, services } of cases) {
		test(`services, when ${when}`, async () => {
			assert.deepEqual([...(await loadProject(options(folder, given))).project.services.keys()], services);
		});
	}

	test('a dependency whose profile is off is told with the profile and the way to switch it on', async () => {
		await assert.rejects(loadProject(options(folder, { profiles: ['probe'] })), {
			message:
				'service `probe` depends on `debugger`, which belongs to the profiles `debug`, `trace`, which are not switched on',
			hint: 'Switch it on with `labc compose --profile debug …`, or write `required: false`.',
		});
	});

	test('unused resources only when all are asked for', async () => {
		const { project } = await loadProject(options(folder));
		assert.deepEqual([[...project.networks.keys()], [...project.volumes.keys()]], [['default'], []]);
		assert.equal(project.makesAllResources, undefined);
		const { project: all } = await loadProject(options(folder, { allResources: true }));
		assert.equal(all.makesAllResources, true);
		assert.deepEqual([[...all.networks.keys()], [...all.volumes.keys()]], [['default', 'unused'], ['unused']]);
	});

	test('names are joined as of old where that is asked for', async () => {
		assert.equal((await loadProject(options(folder))).project.separator, undefined);
		assert.equal((await loadProject(options(folder, { compatibility: true }))).project.separator, '_');
	});
});

describe('how a project is named', () => {
	const named = folderWith('My.Lab', { 'compose.yaml': 'name: from-file\nservices: {}' });
	const cases: readonly { when: string; given: Partial<ProjectOptions>; name: string }[] = [
		{ when: 'the file says it', given: {}, name: 'from-file' },
		{ when: 'the environment says it', given: { env: { COMPOSE_PROJECT_NAME: 'from-env' } }, name: 'from-env' },
		{ when: 'a flag says it', given: { projectName: 'flag', env: { COMPOSE_PROJECT_NAME: 'x' } }, name: 'flag' },
	];
	for (const { when, given, name } of cases) {
		test(`when ${when}`, async () => assert.equal((await loadProject(options(named, given))).project.name, name));
	}

	test('a name that was given must be right', async () => {
		await assert.rejects(loadProject(options(named, { projectName: 'Bad' })), { code: 'PROJECT_NAME_INVALID' });
	});

	test('without reading files only what was given is known', async () => {
		assert.equal((await resolveProjectIdentity(options(root))).name, undefined);
		assert.equal((await resolveProjectIdentity(options(root, { projectName: 'p' }))).name, 'p');
	});
});

describe('a person’s settings', () => {
	const reader = { readText: (file: string) => readFileSync(file, 'utf8'), warn: () => assert.fail() };
	const home = folderWith('home', { '.config/labc/settings.env': 'DOCKER_HOST="unix:///x" # mine\n' });
	test('are read from the configuration folder', async () => {
		assert.deepEqual(await readUserSettings({ HOME: home }, reader), { DOCKER_HOST: 'unix:///x' });
	});
	test('give no host where a context is named', async () => {
		assert.deepEqual(await readUserSettings({ HOME: home, DOCKER_CONTEXT: 'c' }, reader), {});
	});
	test('may be missing', async () => assert.deepEqual(await readUserSettings({ HOME: '/nonexistent' }, reader), {}));
});
