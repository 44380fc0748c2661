/** Where an attribute stands in the document: keys and list indexes, never joined, so keys may hold dots. */
export type AttributePath = readonly (string | number)[];
