/** What is done to a project, step by step, with one Compose tool and then with the other. `@P@` stands for its name. */
export interface Story {
	readonly name: string;
	readonly files: Readonly<Record<string, string>>;
	readonly steps: readonly Step[];
	readonly env?: Readonly<Record<string, string>>;
	/** Why the two tools differ on purpose; the difference must then be there. */
	readonly kept?: string;
}

type Step = string | StepParts;

export interface StepParts {
	/** The command line after `compose`, words in the shell's quotes. */
	readonly run?: string;
	/** The command line of the docker CLI, for what is done by hand. */
	readonly docker?: string;
	/** Files written before; undefined removes one. */
	readonly write?: Readonly<Record<string, string | undefined>>;
	/** What is compared of standard output; nothing otherwise. */
	readonly prints?: 'lines' | 'sorted';
	/** Containers and the states they reach by themselves before the engine is looked at. */
	readonly settle?: Readonly<Record<string, string>>;
}

/** A service that runs until it is stopped, and stops at once. */
export const idle = (more = ''): string =>
	`{image: 'labc/busybox:latest', command: [sleep, '900'], init: true${more === '' ? '' : `, ${more}`}}`;

/** A service that does its work and ends. */
export const job = (script: string, more = ''): string =>
	`{image: 'labc/busybox:latest', command: [sh, -c, ${JSON.stringify(script)}], init: true${more === '' ? '' : `, ${more}`}}`;

/** A Compose file of the services, with what stands beside them. */
export const compose = (services: Readonly<Record<string, string>>, rest = ''): Readonly<Record<string, string>> => ({
	'compose.yaml': `services:\n${Object.entries(services)
		.map(([name, body]) => `  ${name}: ${body}\n`)
		.join('')}${rest}\n`,
});
