import { LabcError } from '../errors/labc-error.ts';
import type { Provider } from '../model/provider.ts';
import type { ProviderRequest, ProviderVerb } from './programs.ts';

/** What a provider says of itself; an empty answer means that it takes any option. */
export interface ProviderMetadata {
	readonly description?: string;
	readonly up?: VerbMetadata;
	readonly down?: VerbMetadata;
	readonly stop?: VerbMetadata;
}

interface VerbMetadata {
	readonly parameters?: readonly ParameterMetadata[] | null;
}

interface ParameterMetadata {
	readonly name: string;
	readonly required?: boolean;
}

/** Undefined where the answer is none: a provider need not describe itself. */
export function parseMetadata(text: string): ProviderMetadata | undefined {
	try {
		const parsed: unknown = JSON.parse(text);
		if (typeof parsed !== 'object' || parsed === null) return undefined;
		const metadata = parsed as ProviderMetadata;
		return isEmpty(metadata) && metadata.stop === undefined ? undefined : metadata;
	} catch {
		return undefined;
	}
}

const isEmpty = ({ description = '', up, down }: ProviderMetadata): boolean =>
	description === '' && up?.parameters == null && down?.parameters == null;

/** The options of a call, as flags; undefined where the provider has no such verb. Not every provider can be stopped. */
export function acceptedOptions(
	{ provider, verb, service }: Pick<ProviderRequest, 'provider' | 'verb' | 'service'>,
	metadata: ProviderMetadata | undefined,
): readonly string[] | undefined {
	if (verb === 'stop' && metadata?.stop === undefined) return undefined;
	const known = metadata === undefined || isEmpty(metadata) ? undefined : parametersOf(verb, metadata);
	const missing = known?.find(({ name, required }) => required === true && provider.options?.[name] === undefined);
	if (missing !== undefined) {
		throw new LabcError(
			'VALUE_INVALID',
			`required parameter \`${missing.name}\` is missing from provider \`${provider.type}\` of service \`${service}\``,
			{ hint: `Give it under \`provider.options\`.` },
		);
	}
	return flagsOf(provider, (name) => known === undefined || known.some((parameter) => parameter.name === name));
}

const parametersOf = (verb: ProviderVerb, metadata: ProviderMetadata): readonly ParameterMetadata[] =>
	metadata[verb]?.parameters ?? [];

const flagsOf = ({ options = {} }: Provider, isKnown: (name: string) => boolean): readonly string[] =>
	Object.entries(options)
		.filter(([name]) => isKnown(name))
		.flatMap(([name, values]) => values.map((value) => `--${name}=${value}`));
