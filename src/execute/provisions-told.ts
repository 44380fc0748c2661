import type { Provisions } from '../plan/provisions.ts';
import type { ProvidedVariables } from '../programs/programs.ts';

/** What the steps of a run were told by providers and models: filled while it goes on. */
export interface ProvisionsTold extends Provisions {
	readonly providers: Map<string, ProvidedVariables>;
	modelEndpoint?: string;
}

export const noProvisions = (): ProvisionsTold => ({ providers: new Map() });
