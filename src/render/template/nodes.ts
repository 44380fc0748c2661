/** A template as it was read. */
export type Node =
	| { readonly kind: 'literal'; readonly text: string }
	| { readonly kind: 'print'; readonly pipeline: Pipeline }
	| {
			readonly kind: 'if' | 'with' | 'range';
			readonly pipeline: Pipeline;
			readonly body: readonly Node[];
			readonly otherwise: readonly Node[];
	  };

export interface Pipeline {
	/** Variables that take the value; in a `range` the first of two is the index. */
	readonly variables: readonly string[];
	readonly isDeclaration: boolean;
	/** Each one's value is the last argument of the next. */
	readonly commands: readonly Command[];
}

/** A function or a method with its arguments, or a single value. */
export type Command = readonly Operand[];

export type Operand =
	| { readonly kind: 'value'; readonly value: string | number | boolean | undefined }
	| { readonly kind: 'dot' }
	| { readonly kind: 'variable'; readonly name: string }
	| { readonly kind: 'function'; readonly name: string }
	| { readonly kind: 'pipeline'; readonly pipeline: Pipeline }
	| { readonly kind: 'field'; readonly of: Operand; readonly name: string };
