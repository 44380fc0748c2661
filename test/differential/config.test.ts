import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { LabcError } from '../../src/errors/labc-error.ts';
import { loadProject } from '../../src/loader/load-project.ts';
import { projectToJson } from '../../src/loader/project-to-json.ts';
import { projectToYaml } from '../../src/loader/project-to-yaml.ts';
import { dockerComposePath } from '../scenario/scenario.ts';
import { caseEnvironment, type LoadCase, loadCases, optionsOf } from '../support/load-cases.ts';

const dockerCompose = dockerComposePath();
const fixtures = path.join(import.meta.dirname, '../../fixtures');

const cases: readonly LoadCase[] = [
	...loadCases(),
	...['classic-ports', 'classic-workspace'].map((name) => ({
		name,
		folder: path.join(fixtures, name),
		files: [],
		profiles: [],
		services: [],
	})),
];

describe('docker compose reads the same project', {
	skip: dockerCompose === undefined && 'docker compose is not installed',
}, () => {
	for (const loadCase of cases) {
		test(loadCase.name, async () => {
			const [json, yaml] = await ours(loadCase);
			assert.equal(json, theirs(loadCase, '--format', 'json'));
			assert.equal(yaml, theirs(loadCase));
		});
	}
});

/** Undefined where the project is refused. */
async function ours(loadCase: LoadCase): Promise<readonly (string | undefined)[]> {
	try {
		const loaded = await loadProject(optionsOf(loadCase), { services: loadCase.services });
		return [projectToJson(loaded.project), projectToYaml(loaded)].map((text) => text.replaceAll('$', '$$$$'));
	} catch (error) {
		if (error instanceof LabcError) return [];
		throw error;
	}
}

function theirs({ folder, files, profiles, services }: LoadCase, ...flags: readonly string[]): string | undefined {
	const globals = [...files.flatMap((file) => ['-f', file]), ...profiles.flatMap((profile) => ['--profile', profile])];
	const { status, stdout } = spawnSync(dockerCompose ?? '', [...globals, 'config', ...flags, ...services], {
		cwd: folder,
		env: caseEnvironment,
		encoding: 'utf8',
	});
	return status === 0 ? stdout : undefined;
}
