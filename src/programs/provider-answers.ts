import { LabcError } from '../errors/labc-error.ts';
import type { ProvidedVariables, ProviderRequest } from './programs.ts';

export interface ProviderAnswers extends ProvidedVariables {
	/** Takes one line of the provider's output. Throws what the provider calls an error. */
	readonly read: (line: string) => void;
}

/** Collects what a provider says, a JSON object a line: `{"type": "setenv", "message": "URL=…"}`. */
export function newAnswers({ service, onProgress }: Pick<ProviderRequest, 'service' | 'onProgress'>): ProviderAnswers {
	const prefixed = new Map<string, string>();
	const raw = new Map<string, string>();
	const collect = (variables: Map<string, string>, message: string): void => {
		const equals = message.indexOf('=');
		if (equals === -1) throw misunderstood(service, message);
		variables.set(message.slice(0, equals), message.slice(equals + 1));
	};
	const readers: Readonly<Record<string, (message: string) => void>> = {
		error(message) {
			throw new LabcError('PROVIDER_FAILED', message, {
				hint: `It is the provider of service \`${service}\` that says so.`,
			});
		},
		info: (message) => onProgress(message.trimEnd().split('\n')[0] ?? ''),
		debug: () => undefined,
		setenv: (message) => collect(prefixed, message),
		rawsetenv: (message) => collect(raw, message),
	};
	return {
		prefixed,
		raw,
		read(line) {
			if (line.trim() === '') return;
			const { type, message } = parseAnswer(line, service);
			const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
			if (reader === undefined) throw misunderstood(service, type);
			reader(message);
		},
	};
}

function parseAnswer(line: string, service: string): { readonly type: string; readonly message: string } {
	try {
		const { type = '', message = '' } = JSON.parse(line) as { readonly type?: unknown; readonly message?: unknown };
		return { type: String(type), message: String(message) };
	} catch {
		throw misunderstood(service, line);
	}
}

const misunderstood = (service: string, text: string): LabcError =>
	new LabcError('PROVIDER_FAILED', `invalid response from the provider of service \`${service}\`: \`${text}\``, {
		hint: 'Expected is a JSON object a line, with `type` and `message`.',
	});
