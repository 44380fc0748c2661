import type { LabcError } from './labc-error.ts';

/** What the system or the engine said, unless the message says it already. */
export function reasonOf({ message, cause }: LabcError): string | undefined {
	const reason = (cause instanceof Error ? cause.message : typeof cause === 'string' ? cause : '').trim();
	return reason === '' || message.includes(reason) ? undefined : reason;
}
