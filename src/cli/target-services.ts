import { didYouMean } from '../errors/did-you-mean.ts';
import type { CommandContext } from './command.ts';
import { targetProject } from './target-project.ts';

export interface TargetServices {
	readonly projectName: string;
	readonly services: readonly string[];
}

/** What a listing shows. A service that the file does not name may have containers all the same: that is no failure. */
export async function targetServices(context: CommandContext, services: readonly string[]): Promise<TargetServices> {
	const { name, project } = await targetProject(context);
	const known = project === undefined ? undefined : [...project.services.keys(), ...project.disabledServices.keys()];
	for (const service of services) {
		if (known === undefined || known.includes(service)) continue;
		const nearest = didYouMean(service, known);
		context.emit({
			type: 'warning',
			message: `there is no service \`${service}\` in this project`,
			...(nearest !== undefined && { hint: `Did you mean \`${nearest}\`?` }),
		});
	}
	return { projectName: name, services };
}
