import { LabcError } from '../../errors/labc-error.ts';

interface RegistryCall {
	/** Completes the sentence `cannot …`. */
	readonly call: string;
	readonly reference: string;
}

/** What a call to a registry failed with, as an error of the image where the engine said no. */
export const orImageUnavailable = (error: unknown, call: RegistryCall): unknown =>
	isRefusal(error) ? imageUnavailable({ ...call, reason: error.message, cause: error }) : error;

const isRefusal = (error: unknown): error is LabcError =>
	error instanceof LabcError && (error.code === 'ENGINE_NOT_FOUND' || error.code === 'ENGINE_REFUSED');

export function imageUnavailable({
	call,
	reference,
	reason,
	cause,
}: RegistryCall & { readonly reason: string; readonly cause?: unknown }): LabcError {
	const text = reason.startsWith(`cannot ${call}`) ? reason : `cannot ${call}: ${reason}`;
	return new LabcError('IMAGE_UNAVAILABLE', text, { cause, hint: hintFor(reference, reason) });
}

function hintFor(reference: string, reason: string): string {
	if (/unauthorized|denied|no basic auth|authentication required/i.test(reason)) {
		return 'Check the name, and log in with `docker login` if the image is private.';
	}
	if (/dial tcp|no such host|timeout|Client\.Timeout|connection refused|lookup /i.test(reason)) {
		return `Check that the engine reaches the registry, or load the image with \`docker load\` as \`${reference}\`.`;
	}
	return 'Check the name and the tag of the image.';
}
