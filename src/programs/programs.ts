import type { AiModel } from '../model/ai-model.ts';
import type { Provider } from '../model/provider.ts';

/** Programs beside the engine that a project may need: providers of services, and docker's plugin for models. */
export interface Programs {
	/** Has a provider make, remove or stop its service. Gives what it tells of the service; nothing where it has no such verb. */
	provide(request: ProviderRequest): Promise<ProvidedVariables>;
	/** Has models fetched and set up; gives the address under which they answer. */
	prepareModels(request: ModelRequest): Promise<string>;
}

export interface ProviderRequest {
	readonly projectName: string;
	readonly service: string;
	readonly provider: Provider;
	readonly verb: ProviderVerb;
	readonly signal: AbortSignal;
	/** Called with what the provider says of its progress. */
	onProgress(text: string): void;
}

export type ProviderVerb = 'up' | 'down' | 'stop';

/** Variables that services depending on a provided one get. */
export interface ProvidedVariables {
	/** Those that get the service's name before theirs. */
	readonly prefixed: ReadonlyMap<string, string>;
	readonly raw: ReadonlyMap<string, string>;
}

export interface ModelRequest {
	readonly models: readonly AiModel[];
	readonly signal: AbortSignal;
	onProgress(text: string): void;
}
