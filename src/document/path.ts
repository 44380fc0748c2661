/** Where an attribute stands in the document: keys and list indexes, never joined, so keys may hold dots. */
export type AttributePath = readonly (string | number)[];

/** The path as messages print it: `services.jupyter.ports.0`. */
export const formatPath = (path: AttributePath): string => path.join('.');
