/** Whether a name that a person typed can be used as it is. */
export const isProjectName = (name: string): boolean => /^[a-z0-9][a-z0-9_-]*$/.test(name);

/** A name out of a file or a folder: lower case, other characters dropped. Empty where nothing is left. */
export const normaliseProjectName = (text: string): string =>
	text
		.toLowerCase()
		.replaceAll(/[^a-z0-9_-]/g, '')
		.replace(/^[_-]+/, '');
