import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CommandContext } from '../../../src/cli/command.ts';
import { projectOrName } from '../../../src/cli/project-or-name.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { project, service } from '../../support/plan-cases.ts';

const lab = project({ services: { web: service() } });
const noFile = new LabcError('SOURCE_NOT_FOUND', 'no configuration file provided');
const broken = new LabcError('YAML_INVALID', 'broken');

const cases: readonly {
	when: string;
	projectName?: string;
	files?: readonly string[];
	env?: Readonly<Record<string, string>>;
	load?: LabcError;
	target: string;
}[] = [
	{ when: 'there is a file', target: 'lab from its file' },
	{ when: 'there is none', load: noFile, target: 'SOURCE_NOT_FOUND' },
	{ when: 'a name was given, whatever file is here', projectName: 'other', target: 'other from labels' },
	{ when: 'a name and a file were given', projectName: 'lab', files: ['x.yml'], target: 'lab from its file' },
	{
		when: 'the file that was given is not there',
		projectName: 'lab',
		files: ['x.yml'],
		load: noFile,
		target: 'SOURCE_NOT_FOUND',
	},
	{
		when: 'the environment has a name and a file is here',
		env: { COMPOSE_PROJECT_NAME: 'lab' },
		target: 'lab from its file',
	},
	{
		when: 'the environment has a name and no file is here',
		env: { COMPOSE_PROJECT_NAME: 'named' },
		load: noFile,
		target: 'named from labels',
	},
	{
		when: 'the environment names a file that is not there',
		env: { COMPOSE_PROJECT_NAME: 'named', COMPOSE_FILE: 'x.yml' },
		load: noFile,
		target: 'SOURCE_NOT_FOUND',
	},
	{ when: 'the file is broken', env: { COMPOSE_PROJECT_NAME: 'named' }, load: broken, target: 'YAML_INVALID' },
];

describe('projectOrName', () => {
	for (const { when, projectName, files = [], env = {}, load, target } of cases) {
		test(`when ${when}: ${target}`, async () => {
			const parts: Partial<CommandContext> = {
				env,
				globals: { projectName, files } as Pick<
					CommandContext['globals'],
					'projectName' | 'files'
				> as CommandContext['globals'],
				async loadProject() {
					if (load !== undefined) throw load;
					return { project: lab } as Awaited<ReturnType<CommandContext['loadProject']>>;
				},
			};
			assert.equal(await describeTarget(parts as CommandContext), target);
		});
	}
});

async function describeTarget(context: CommandContext): Promise<string> {
	try {
		const { name, project: found } = await projectOrName(context, {});
		return `${name} from ${found === undefined ? 'labels' : 'its file'}`;
	} catch (error) {
		return error instanceof LabcError ? error.code : String(error);
	}
}
