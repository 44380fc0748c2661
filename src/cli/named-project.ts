import type { CommandContext } from './command.ts';

/** The project that `-p` or COMPOSE_PROJECT_NAME names: known without any file. Undefined where the file decides. */
export const namedProject = ({ globals, env }: Pick<CommandContext, 'globals' | 'env'>): string | undefined =>
	globals.projectName || env['COMPOSE_PROJECT_NAME'] || undefined;
