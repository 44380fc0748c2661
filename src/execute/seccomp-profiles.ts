import { resolve } from 'node:path';
import type { ContainerSpec } from '../engine/container-api.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import { seccompProfileFile } from '../model/seccomp-profile.ts';
import { readSource } from '../sources/read-source.ts';

/** The spec with seccomp profiles in the place of the files that hold them: the engine can't read the client's files. */
export async function withSeccompProfiles(
	spec: ContainerSpec,
	project: Pick<Project, 'workingDir'> | undefined,
): Promise<ContainerSpec> {
	const options = spec.service.security_opt;
	if (project === undefined || options === undefined) return spec;
	const read = options.map(async (option) => {
		const file = seccompProfileFile(option);
		return file === undefined ? option : `seccomp=${await readProfile(resolve(project.workingDir, file))}`;
	});
	return { ...spec, service: { ...spec.service, security_opt: await Promise.all(read) } };
}

async function readProfile(file: string): Promise<string> {
	const { text } = await readSource(file, { named: true, role: 'seccomp profile' });
	try {
		return JSON.stringify(JSON.parse(text));
	} catch (cause) {
		throw new LabcError('VALUE_INVALID', `seccomp profile \`${file}\` is no JSON`, {
			cause,
			hint: 'Write the profile as the engine documents it, or use `seccomp=unconfined`.',
		});
	}
}
