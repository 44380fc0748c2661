/** A file given to containers. */
export interface Config {
	readonly name: string;
	/** Absolute path of the file that holds it. */
	readonly file?: string;
	/** Name of the environment variable that holds it. */
	readonly environment?: string;
	readonly content?: string;
	readonly external?: true;
	readonly labels?: Readonly<Record<string, string>>;
	readonly template_driver?: string;
}
