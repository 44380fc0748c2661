/** A language model that services use. */
export interface AiModel {
	readonly name?: string;
	/** The image of the model. */
	readonly model: string;
	readonly context_size?: number;
	readonly runtime_flags?: readonly string[];
}

/** How a service learns of a model: through variables of these names. */
export interface AiModelReference {
	readonly endpoint_var?: string;
	readonly model_var?: string;
}
