import { LabcError } from '../../errors/labc-error.ts';

export interface RegistryCall {
	/** Completes the sentence `cannot …`. */
	readonly call: string;
	readonly code: 'IMAGE_UNAVAILABLE' | 'PUSH_FAILED';
}

/** What a call to a registry failed with, as an error of the image where the engine said no. */
export const orRegistryFailure = (error: unknown, call: RegistryCall): unknown =>
	isRefusal(error) ? registryFailure({ ...call, reason: error.message, cause: error }) : error;

const isRefusal = (error: unknown): error is LabcError =>
	error instanceof LabcError && (error.code === 'ENGINE_NOT_FOUND' || error.code === 'ENGINE_REFUSED');

export function registryFailure({
	call,
	code,
	reason,
	cause,
}: RegistryCall & { readonly reason: string; readonly cause?: unknown }): LabcError {
	const text = reason.startsWith(`cannot ${call}`) ? reason : `cannot ${call}: ${reason}`;
	return new LabcError(code, text, { cause, hint: hintFor(code, reason) });
}

const insecure = 'Give the registry a certificate, or name it in `insecure-registries` of the engine.';

/** What to do by what the reason says; the last entry of each fits all. */
const hints: Readonly<Record<RegistryCall['code'], readonly (readonly [reason: RegExp, hint: string])[]>> = {
	IMAGE_UNAVAILABLE: [
		[
			/unauthorized|denied|no basic auth|authentication required/i,
			'Check the name, and log in with `docker login` if the image is private.',
		],
		[/HTTP response to HTTPS client/, insecure],
		[
			/dial tcp|no such host|timeout|connection refused|lookup /i,
			'Check that the engine reaches the registry, or load the image with `docker load`.',
		],
		[/(?:)/, 'Check the name and the tag of the image.'],
	],
	PUSH_FAILED: [
		[/does not exist locally|tag does not exist|no such image/i, 'Build it first, with `labc compose build`.'],
		[
			/unauthorized|denied|no basic auth|authentication required/i,
			'Check the name, and log in with `docker login` as somebody who may push there.',
		],
		[/HTTP response to HTTPS client/, insecure],
		[
			/dial tcp|no such host|timeout|connection refused|lookup /i,
			'Check the registry in the name, and that the engine reaches it.',
		],
		[/digest/, 'Give the image a tag in place of the digest.'],
		[/(?:)/, 'See what the registry takes, then push again.'],
	],
};

const hintFor = (code: RegistryCall['code'], reason: string): string | undefined =>
	hints[code].find(([pattern]) => pattern.test(reason))?.[1];
