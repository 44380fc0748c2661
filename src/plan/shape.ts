/**
 * How a value is brought into the order its hash is taken over. `omit`: no part of the hash; `sorted`: a map of the
 * user's, by key; `fields`: a structure of docker compose's, in the order given here; `each`: a list or map of such.
 */
export type Shape = 'plain' | 'omit' | 'sorted' | { readonly fields: Fields } | { readonly each: Shape };
export type Fields = Readonly<Record<string, Shape>>;

/** A shape for every attribute: one that is added to the model and forgotten in a table does not compile. */
export type FieldsOf<T> = { readonly [K in keyof Required<T>]: Shape };
