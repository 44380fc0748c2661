import type { ImageProgress } from '../../engine/image-api.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import { LabcError } from '../../errors/labc-error.ts';
import { buildTargets } from '../build-targets.ts';
import type { Handler, Handlers, StepResult, StepRun } from '../step-run.ts';
import { removeUnused } from './refusal.ts';

export const imageHandlers: Pick<Handlers, 'image.pull' | 'image.push' | 'image.build' | 'image.remove'> = {
	'image.pull': ({ service, image, platform }, run) =>
		transfer(service, run, run.engine.pullImage({ reference: image, platform }, tell(run), run.signal)),
	'image.push': ({ service, image }, run) => transfer(service, run, run.engine.pushImage(image, tell(run), run.signal)),
	'image.build': (operation, run) => build(operation, run),
	'image.remove': ({ image }, run) => removeUnused(run.engine.removeImage(image), run),
};

const tell =
	({ progress }: StepRun) =>
	({ text, fraction }: ImageProgress): void =>
		progress(text, fraction);

async function transfer(service: string, run: StepRun, work: Promise<void>): Promise<StepResult> {
	try {
		await work;
		return {};
	} catch (error) {
		if (!(error instanceof LabcError)) throw error;
		const failure = forService(service, error);
		if (!run.ignoresImageFailures || !imageFailures.has(error.code)) throw failure;
		const { message, hint } = failure;
		run.emit({ type: 'warning', message, ...(hint !== undefined && { hint }) });
		return { skipped: 'its failure is ignored' };
	}
}

const imageFailures: ReadonlySet<ErrorCode> = new Set(['IMAGE_UNAVAILABLE', 'PUSH_FAILED']);

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
