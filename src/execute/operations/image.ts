import { LabcError } from '../../errors/labc-error.ts';
import { buildTargets } from '../build-targets.ts';
import type { Handler, Handlers } from '../step-run.ts';
import { removeUnused } from './refusal.ts';

export const imageHandlers: Pick<Handlers, 'image.pull' | 'image.build' | 'image.remove'> = {
	'image.pull': async ({ service, image }, { engine, progress, signal }) => {
		try {
			await engine.pullImage(image, ({ text, fraction }) => progress(text, fraction), signal);
		} catch (error) {
			throw error instanceof LabcError ? forService(service, error) : error;
		}
		return {};
	},
	'image.build': (operation, run) => build(operation, run),
	'image.remove': ({ image }, run) => removeUnused(run.engine.removeImage(image), run),
};

/** Who needs the image is where to look for a mistake in its name. */
const forService = (service: string, { code, message, hint, at, cause }: LabcError): LabcError =>
	new LabcError(code, `service \`${service}\`: ${message}`, { hint, at, cause });

const build: Handler<'image.build'> = async ({ services }, { project, builds, emit, signal }) => {
	if (project === undefined || builds === undefined)
		throw new Error('a plan that builds needs a project and a builder');
	const { builder, ...options } = builds;
	const onOutput = (service: string, text: string): void => emit({ type: 'build.output', service, text });
	await (await builder()).build(buildTargets(project, services), { ...options, signal, onOutput });
	return {};
};
