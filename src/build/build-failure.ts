import { LabcError } from '../errors/labc-error.ts';
import type { SourceLocation } from '../errors/source-location.ts';
import { dockerfilePath } from './bake-plan.ts';
import type { BuildProgress } from './build-progress.ts';
import type { BuildTarget } from './builder.ts';

export interface FailedBuild {
	readonly targets: readonly BuildTarget[];
	readonly progress: Pick<BuildProgress, 'failed' | 'lastLines'>;
	/** What buildx wrote beside its records. */
	readonly words: readonly string[];
}

/** Says whose build failed, at which step and place, and what the step printed last. */
export function buildFailed({ targets, progress, words }: FailedBuild): LabcError {
	const { failed } = progress;
	const reason = lastReason(words);
	const service = failed?.service ?? serviceOf(words, targets) ?? targets[0]?.service ?? '';
	const cause = failed?.error ?? reason;
	const step = failed === undefined || failed.step === '' ? '' : ` at \`${failed.step}\``;
	const output = progress.lastLines(service).map((line) => `\n  | ${line}`);
	const isPush = /^pushing /.test(failed?.step ?? '') || /^failed to push /.test(cause);
	return new LabcError(
		isPush ? 'PUSH_FAILED' : 'BUILD_FAILED',
		`building \`${service}\` failed${step}: ${cause}${output.join('')}`,
		{
			at: place(
				words,
				targets.find((target) => target.service === service),
			),
			hint: isPush ? pushHint : hintFor(cause),
		},
	);
}

/** buildx ends with `ERROR: target x: failed to solve: …`. */
function lastReason(words: readonly string[]): string {
	const line = words.findLast((word) => word.startsWith('ERROR: ')) ?? words.findLast((word) => word.trim() !== '');
	return (line ?? 'buildx ended without a word').replace(/^ERROR: (?:target \S+: )?(?:failed to solve: )?/, '');
}

function serviceOf(words: readonly string[], targets: readonly BuildTarget[]): string | undefined {
	const name = words.map((word) => /^ERROR: target (\S+): /.exec(word)?.[1]).find((found) => found !== undefined);
	return targets.find(({ service }) => service.replaceAll('.', '_') === name)?.service;
}

/** buildx prints `Dockerfile:5` and marks the line with `>>>`. */
function place(words: readonly string[], target: BuildTarget | undefined): SourceLocation | undefined {
	const line = words.map((word) => /^\S.*:(\d+)$/.exec(word)?.[1]).find((number) => number !== undefined);
	const lineText = words.map((word) => /^\s*\d+ \| >>> (.*)$/.exec(word)?.[1]).find((text) => text !== undefined);
	if (line === undefined || lineText === undefined || target === undefined) return undefined;
	const file = target.build.dockerfile_inline === undefined ? dockerfilePath(target.build) : 'dockerfile_inline';
	return { file, line: Number(line), column: 1, lineText };
}

const pushHint = 'Check the name of the image, and log in with `docker login` as somebody who may push there.';

function hintFor(cause: string): string {
	if (/docker\/dockerfile/.test(cause)) {
		return 'Take the `# syntax=` line out of the Dockerfile: it needs a registry, which the engine does not reach.';
	}
	if (/multi-platform|manifest lists/i.test(cause)) {
		return 'Switch on the containerd image store of the engine, or choose another builder with `docker buildx use`.';
	}
	if (/failed to resolve source metadata|pull access denied|dial tcp|no such host/.test(cause)) {
		return 'Check the name after FROM, and that the engine reaches its registry or has the image.';
	}
	if (/failed to read dockerfile|no such file or directory|not found/.test(cause)) {
		return 'Check `build.context`, `build.dockerfile` and the paths in the Dockerfile.';
	}
	return 'Repair that step and build again.';
}
